import { useEffect, useState } from 'react';

import { FACET_VOCABULARIES, valueTitle } from '../api/facets';
import type { FacetName } from '../api/types';
import type { Workbench } from './workbench';

/**
 * The titles of facets' values; the value itself while its vocabulary is being loaded, or where the
 * vocabulary does not have it.
 */
export function useFacetLabels(
  workbench: Workbench
): (facet: FacetName, value: string) => string {
  const { reference, services } = workbench;
  const [labels, setLabels] = useState<ReadonlyMap<string, string>>(new Map());
  useEffect(() => {
    let gone = false;
    for (const [facet, list] of Object.entries(FACET_VOCABULARIES)) {
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
