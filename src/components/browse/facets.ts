import type { TranslationBundle } from '@jupyterlab/translation';

import type { FacetName } from '../../types/api';

/**
 * The vocabularies that name the values of facets.
 */
export const FACET_LISTS: Readonly<Partial<Record<FacetName, string>>> = {
  task: 'task_categories',
  domain: 'domains',
  format: 'formats',
  modality: 'modalities',
  size: 'size_categories',
  license: 'licenses',
  language: 'languages'
};

/**
 * A facet's name for people.
 */
export function facetTitle(facet: FacetName, trans: TranslationBundle): string {
  switch (facet) {
    case 'task':
      return trans.__('Task');
    case 'domain':
      return trans.__('Domain');
    case 'format':
      return trans.__('Format');
    case 'modality':
      return trans.__('Modality');
    case 'size':
      return trans.__('Size');
    case 'license':
      return trans.__('Licence');
    case 'language':
      return trans.__('Language');
    case 'access':
      return trans.__('Access');
    case 'verified':
      return trans.__('Loader');
    case 'source':
      return trans.__('Place');
  }
}

/**
 * A value's name for people, where no vocabulary has it; else null.
 */
export function valueTitle(
  facet: FacetName,
  value: string,
  trans: TranslationBundle
): string | null {
  switch (`${facet}=${value}`) {
    case 'access=open':
      return trans.__('You can open it');
    case 'access=ask':
      return trans.__('Ask for access');
    case 'access=missing':
      return trans.__('Moved or purged');
    case 'access=unknown':
      return trans.__('Not known');
    case 'verified=yes':
      return trans.__('Seen to run');
    case 'verified=no':
      return trans.__('Not tried yet');
    case 'source=both':
      return trans.__('In the catalog and on the Hub');
    case 'source=here':
      return trans.__('Not published');
    case 'source=hub':
      return trans.__('Only on the Hub');
    default:
      return null;
  }
}
