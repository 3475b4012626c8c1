import { useEffect, useRef, useState } from 'react';

import { asCatalogError, type CatalogError } from '../../types/errors';

/**
 * A value of a facet, with the number of datasets that have it.
 */
export interface IFacetValue {
  value: string;
  label: string;
  count: number;
}

/**
 * The values found for a query.
 */
export interface IFound {
  readonly query: string;
  readonly values: readonly IFacetValue[];
  readonly error: CatalogError | null;
  readonly isLoading: boolean;
}

/**
 * Search all values of a facet once the typing pauses.
 *
 * @param query - What was typed; nothing is searched for an empty one.
 * @param values - The values that are loaded.
 * @param onSearch - Finds values by a part of them or of their labels.
 * @returns Null for an empty query. The previous values stay until the next ones are there.
 */
export function useFoundValues(
  query: string,
  values: readonly IFacetValue[],
  onSearch: (query: string) => Promise<readonly IFacetValue[]>
): IFound | null {
  const [found, setFound] = useState<IFound | null>(null);
  const search = useRef(onSearch);
  search.current = onSearch;
  const counts = query && JSON.stringify(values);
  useEffect(() => {
    if (query === '') {
      setFound(null);
      return;
    }
    let isGone = false;
    const take = (part: Pick<IFound, 'values' | 'error'>): void => {
      if (!isGone) {
        setFound({ query, isLoading: false, ...part });
      }
    };
    setFound(before => ({
      query,
      values: before?.values ?? [],
      error: null,
      isLoading: true
    }));
    const timer = setTimeout(() => {
      search.current(query).then(
        values => take({ values, error: null }),
        reason => take({ values: [], error: asCatalogError(reason) })
      );
    }, PAUSE);
    return () => {
      isGone = true;
      clearTimeout(timer);
    };
    // If other datasets are found, the counts of the values change.
  }, [query, counts]);
  return query === '' ? null : found;
}

/**
 * Milliseconds without a keystroke.
 */
const PAUSE = 150;
