import type { FacetName, IDatasetPage } from './api';

/**
 * A search: what decides which datasets are listed, and in which order.
 */
export interface ISearch {
  /**
   * The text in the search field.
   */
  readonly q: string;
  readonly facets: Facets;
  readonly sort: Sort;
}

/**
 * The selected values of each facet. A dataset matches a facet if it has one of its values.
 */
export type Facets = Readonly<Partial<Record<FacetName, readonly string[]>>>;

export type Sort = 'relevance' | 'newest' | 'name' | 'size';

/**
 * The server's answer to a search, without the datasets.
 */
export interface ISearchAnswer extends Omit<IDatasetPage, 'datasets'> {
  readonly search: ISearch;
  /**
   * When it came, in milliseconds since 1970.
   */
  readonly at: number;
}
