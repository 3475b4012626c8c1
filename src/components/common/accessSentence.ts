import type { TranslationBundle } from '@jupyterlab/translation';

import type { IAccess } from '../../types/api';

/**
 * Whether the user can open the data, and why not.
 */
export function accessSentence(
  access: IAccess,
  trans: TranslationBundle
): string {
  const { status, group, blocked_at, detail } = access;
  switch (status) {
    case 'readable':
      return blocked_at
        ? trans.__('You can open it, but not %1.', blocked_at)
        : trans.__('You can open it.');
    case 'unknown':
      return detail
        ? trans.__(
            'The file system does not say whether you can open it: %1.',
            detail
          )
        : trans.__(
            'The file system is not responding, so it is not known whether you can open it.'
          );
    case 'missing':
      if (blocked_at && detail) {
        return trans.__('There is no data: %1 is %2.', blocked_at, detail);
      }
      return blocked_at
        ? trans.__('Moved or purged: %1 does not exist.', blocked_at)
        : trans.__('Moved or purged: there is nothing at its path.');
    case 'unreadable':
      if (group) {
        return blocked_at
          ? trans.__(
              'Ask group %1 for access: you have no permission for %2.',
              group,
              blocked_at
            )
          : trans.__('Ask group %1 for access.', group);
      }
      if (blocked_at && detail) {
        return trans.__('You cannot open it: %1 is %2.', blocked_at, detail);
      }
      return blocked_at
        ? trans.__(
            'You cannot open it: you have no permission for %1.',
            blocked_at
          )
        : trans.__('You cannot open it.');
  }
}

/**
 * A message to the group that may read the data; null if there is no group to ask.
 */
export function accessRequest(
  access: IAccess,
  { title, path }: { title: string; path: string },
  trans: TranslationBundle
): string | null {
  return access.status === 'unreadable' && access.group
    ? trans.__(
        'Hello, could you add me to the group %1? I would like to read the dataset "%2" (%3).',
        access.group,
        title,
        path
      )
    : null;
}
