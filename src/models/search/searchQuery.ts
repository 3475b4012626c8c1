import type { FacetName } from '../../types/api';
import { FACETS } from '../../types/facets';
import type { Facets, ISearch, Sort } from '../../types/search';

export const SORTS: readonly Sort[] = ['relevance', 'newest', 'name', 'size'];

/**
 * The search that finds all datasets.
 */
export const EVERYTHING: ISearch = { q: '', facets: {}, sort: 'relevance' };

/**
 * A search as the query of `GET /datasets`, without `?`; empty for all datasets.
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
 * Read such a query. It may come from a link, so unknown names and values are ignored.
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
 * The facets with one value selected, or deselected if it was selected.
 */
export function toggleFacet(
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
