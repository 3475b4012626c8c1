import type { TranslationBundle } from '@jupyterlab/translation';

import type { IJob } from '../../types/api';

/**
 * What a job is about.
 */
export function jobTitle(
  { kind, name }: Pick<IJob, 'kind' | 'name'>,
  trans: TranslationBundle
): string {
  switch (kind) {
    case 'publish':
      return trans.__('Publishing %1', name);
    case 'update':
      return trans.__('Updating %1', name);
    case 'retire':
      return trans.__('Retiring %1', name);
    case 'resume':
      return trans.__('Finishing %1', name);
    case 'undo':
      return trans.__('Undoing %1', name);
  }
}
