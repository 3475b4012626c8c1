import { useEffect, useState } from 'react';

import type { FacetName } from '../types/api';
import { FACET_LISTS, valueTitle } from '../components/browse/facets';
import type { Workbench } from '../models/workbench';

/**
 * The names of facets' values for people; a value itself where its vocabulary is not there yet, or
 * does not know it.
 */
export function useFacetLabels(
  workbench: Workbench
): (facet: FacetName, value: string) => string {
  const { reference, services } = workbench;
  const [labels, setLabels] = useState<ReadonlyMap<string, string>>(new Map());
  useEffect(() => {
    let gone = false;
    for (const [facet, list] of Object.entries(FACET_LISTS)) {
      reference.vocabulary(list).then(
        terms => {
          if (!gone) {
            const named = terms.map(
              ({ id, label }) => [`${facet}=${id}`, label] as const
            );
            setLabels(before => new Map([...before, ...named]));
          }
        },
        // The values speak for themselves.
        () => undefined
      );
    }
    return () => {
      gone = true;
    };
  }, [reference]);
  return (facet, value) =>
    labels.get(`${facet}=${value}`) ??
    valueTitle(facet, value, services.trans) ??
    value;
}
