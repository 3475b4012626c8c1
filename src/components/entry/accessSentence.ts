import type { TranslationBundle } from '@jupyterlab/translation';

import type { IAccess } from '../../api/types';

/**
 * Whether one can read the data, and what to do where one cannot.
 */
export function accessSentence(
  access: IAccess,
  trans: TranslationBundle
): string {
  const { status, group, blocked_at } = access;
  switch (status) {
    case 'readable':
      return trans.__('You can read the data.');
    case 'missing':
      return blocked_at
        ? trans.__('The data is not there: %1 does not exist.', blocked_at)
        : trans.__('The data is not at its path.');
    case 'unreadable':
      if (group && blocked_at) {
        return trans.__(
          'You cannot read the data: %1 keeps you out. Ask for membership in the group %2.',
          blocked_at,
          group
        );
      }
      return blocked_at
        ? trans.__('You cannot read the data: %1 keeps you out.', blocked_at)
        : trans.__('You cannot read the data.');
  }
}
