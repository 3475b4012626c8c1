import type { FacetName } from '../types/api';

/**
 * Everything that decides what the list shows.
 */
export interface ISearch {
  /**
   * What was typed.
   */
  readonly q: string;
  /**
   * By facet, the values of which one has to be there.
   */
  readonly facets: Facets;
  readonly sort: Sort;
}

export type Facets = Readonly<Partial<Record<FacetName, readonly string[]>>>;

export type Sort = 'relevance' | 'newest' | 'name' | 'size';

export const SORTS: readonly Sort[] = ['relevance', 'newest', 'name', 'size'];

/**
 * What the list can be narrowed by, in the order of their use.
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
 * The search that everything fits.
 */
export const EVERYTHING: ISearch = { q: '', facets: {}, sort: 'relevance' };

/**
 * A search as the query of `GET /datasets`, without `?`; empty for everything.
 */
export function writeSearch({ q, facets, sort }: ISearch): string {
  const query = new URLSearchParams();
  if (q !== '') {
    query.append('q', q);
  }
  for (const facet of FACETS) {
    for (const value of facets[facet] ?? []) {
      query.append(facet, value);
    }
  }
  if (sort !== EVERYTHING.sort) {
    query.append('sort', sort);
  }
  return query.toString();
}

/**
 * Read such a query, of whoever wrote it: what is not known is left out.
 */
export function readSearch(text: string): ISearch {
  const query = new URLSearchParams(text);
  const chosen = FACETS.map(
    facet => [facet, [...new Set(query.getAll(facet))].filter(Boolean)] as const
  );
  return {
    q: query.get('q') ?? '',
    facets: Object.fromEntries(chosen.filter(([, values]) => values.length)),
    sort: SORTS.find(sort => sort === query.get('sort')) ?? EVERYTHING.sort
  };
}

/**
 * The facets with a value chosen, or no longer.
 */
export function toggled(
  facets: Facets,
  facet: FacetName,
  value: string
): Facets {
  const { [facet]: before = [], ...others } = facets;
  const after = before.includes(value)
    ? before.filter(it => it !== value)
    : [...before, value];
  return after.length > 0 ? { ...others, [facet]: after } : others;
}
