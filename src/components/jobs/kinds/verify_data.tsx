import type { TranslationBundle } from '@jupyterlab/translation';
import React from 'react';

import type { IAfterJobProps, IJobKind } from '../kind';

export const kind: IJobKind = {
  title: ({ name }, trans) => trans.__('Verifying the data of %1', name),
  done: ({ result }, trans) =>
    result?.['unchanged'] === true
      ? trans.__('The data matches its checksums.')
      : trans.__('Some files do not match their checksums.'),
  After: ChangedFiles
};

interface IChange {
  path: string;
  kind: string;
}

/**
 * The files that differ, as far as the job names them.
 */
function ChangedFiles({ job, trans }: IAfterJobProps): JSX.Element | null {
  const changes = job.result?.['changes'];
  const found = Array.isArray(changes) ? changes.filter(isChange) : [];
  if (found.length === 0) {
    return null;
  }
  return (
    <ul>
      {found.slice(0, 100).map(({ path, kind }) => (
        <li key={path}>
          {path}: {meaning(kind, trans)}
        </li>
      ))}
      {found.length > 100 && (
        <li>{trans.__('and %1 more', found.length - 100)}</li>
      )}
    </ul>
  );
}

function isChange(value: unknown): value is IChange {
  const { path, kind } = (value ?? {}) as Partial<IChange>;
  return typeof path === 'string' && typeof kind === 'string';
}

function meaning(kind: string, trans: TranslationBundle): string {
  switch (kind) {
    case 'gone':
      return trans.__('gone');
    case 'new':
      return trans.__('new');
    case 'damaged':
      return trans.__(
        'damaged: the content changed, but not its size and time'
      );
    default:
      return trans.__('changed');
  }
}
