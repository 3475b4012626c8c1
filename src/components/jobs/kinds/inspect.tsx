import type { TranslationBundle } from '@jupyterlab/translation';
import React from 'react';

import type { IAfterJobProps, IJobKind } from '../kind';

export const kind: IJobKind = {
  title: ({ name }, trans) => trans.__('Inspecting the data of %1', name),
  done: ({ result }, trans) =>
    result?.['complete'] === false
      ? trans.__('The time was up: %1 files were counted.', count(result))
      : trans.__('%1 files were counted.', count(result)),
  After: Formats
};

interface IFormat {
  format: string;
  title: string;
  files: number;
  rows: number | null;
  rows_estimated: boolean;
}

/**
 * The formats of the files that were counted.
 */
function Formats({ job, trans }: IAfterJobProps): JSX.Element | null {
  const formats = job.result?.['formats'];
  const found = Array.isArray(formats) ? formats.filter(isFormat) : [];
  if (found.length === 0) {
    return null;
  }
  return (
    <ul>
      {found.slice(0, 100).map(of => (
        <li key={of.format}>
          {of.title}: {trans.__('%1 files', of.files)}
          {rows(of, trans)}
        </li>
      ))}
    </ul>
  );
}

function rows(of: IFormat, trans: TranslationBundle): string {
  if (of.rows === null) {
    return '';
  }
  return of.rows_estimated
    ? `, ${trans.__('about %1 rows', of.rows)}`
    : `, ${trans.__('%1 rows', of.rows)}`;
}

function count(result: Record<string, unknown> | undefined): number {
  const files = result?.['files'];
  return typeof files === 'number' ? files : 0;
}

function isFormat(value: unknown): value is IFormat {
  const { format, title, files, rows } = (value ?? {}) as Partial<IFormat>;
  return (
    typeof format === 'string' &&
    typeof title === 'string' &&
    typeof files === 'number' &&
    (rows === null || typeof rows === 'number')
  );
}
