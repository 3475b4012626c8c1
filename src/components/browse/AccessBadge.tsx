import type { TranslationBundle } from '@jupyterlab/translation';
import React from 'react';

import type { IAccess } from '../../types/api';
import { accessSentence } from '../common/accessSentence';

/**
 * Whether the user can open the data, in a few words.
 */
export function AccessBadge(props: {
  access: IAccess;
  trans: TranslationBundle;
}): JSX.Element {
  const { access, trans } = props;
  return (
    <span
      className={`hnl-Badge hnl-mod-${KINDS[access.status]}`}
      title={accessSentence(access, trans)}
    >
      {access.status === 'unknown' && (
        <span className="hnl-visuallyHidden">{trans.__('Access:')} </span>
      )}
      {wordsOf(access, trans)}
    </span>
  );
}

const KINDS = {
  readable: 'success',
  unreadable: 'warning',
  missing: 'error',
  unknown: 'plain'
} as const;

function wordsOf(
  { status, group, detail }: IAccess,
  trans: TranslationBundle
): string {
  switch (status) {
    case 'readable':
      return trans.__('You can open it');
    case 'unreadable':
      return group
        ? trans.__('Ask group %1', group)
        : trans.__('You cannot open it');
    case 'missing':
      return detail ? trans.__('No data') : trans.__('Moved or purged');
    case 'unknown':
      return trans.__('Not known');
  }
}
