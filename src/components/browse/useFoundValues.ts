import { useEffect, useRef, useState } from 'react';

import { asCatalogError, type CatalogError } from '../../types/errors';
import type { IFacetGroupProps, IFacetValue } from './FacetGroup';

/**
 * What was found, and for what.
 */
export interface IFound {
  readonly query: string;
  readonly values: readonly IFacetValue[];
  readonly error: CatalogError | null;
  readonly isBusy: boolean;
}

/**
 * What is found of a facet's values that are not here, once the typing has paused.
 *
 * @param query - What was typed; empty to look for nothing.
 * @returns Null where nothing is looked for. What was found before stays until there is an answer.
 */
export function useFoundValues(
  { values, onSearch }: Pick<IFacetGroupProps, 'values' | 'onSearch'>,
  query: string
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
    let gone = false;
    const take = (part: Pick<IFound, 'values' | 'error'>): void => {
      if (!gone) {
        setFound({ query, isBusy: false, ...part });
      }
    };
    setFound(before => ({
      query,
      values: before?.values ?? [],
      error: null,
      isBusy: true
    }));
    const timer = setTimeout(() => {
      search.current(query).then(
        values => take({ values, error: null }),
        reason => take({ values: [], error: asCatalogError(reason) })
      );
    }, PAUSE);
    return () => {
      gone = true;
      clearTimeout(timer);
    };
    // With other datasets found the values have other counts.
  }, [query, counts]);
  return query === '' ? null : found;
}

/**
 * Milliseconds without a key.
 */
const PAUSE = 150;
