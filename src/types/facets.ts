// Made by `make codegen` from huggingnersc_lab/index: change it there.
import type { TranslationBundle } from '@jupyterlab/translation';

import type { FacetName } from './api';

/**
 * What the list can be narrowed by, in the order in which people see it.
 */
export const FACETS: readonly FacetName[] = [
  'task',
  'domain',
  'format',
  'modality',
  'size',
  'license',
  'language',
  'access',
  'verified',
  'source'
];

/**
 * The vocabularies that have the titles of a facet's values.
 */
export const FACET_VOCABULARIES: Readonly<Partial<Record<FacetName, string>>> =
  {
    task: 'task_categories',
    domain: 'domains',
    format: 'formats',
    modality: 'modalities',
    size: 'size_categories',
    license: 'licenses',
    language: 'languages'
  };

/**
 * What may stand before a colon in a query.
 */
export const PREFIXES: readonly string[] = [
  'tag',
  'task',
  'domain',
  'format',
  'modality',
  'size',
  'license',
  'language',
  'access',
  'verified',
  'source',
  'by'
];

/**
 * A facet's name for people.
 */
export function facetTitle(facet: FacetName, trans: TranslationBundle): string {
  switch (facet) {
    case 'task':
      return trans.__('Task');
    case 'domain':
      return trans.__('Field of science');
    case 'format':
      return trans.__('Format');
    case 'modality':
      return trans.__('Kind of data');
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
      return trans.__('Where it is');
  }
}

/**
 * A value's name for people; null for a value that no facet declares, such as one of a vocabulary.
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
      return trans.__('Its loader ran');
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
