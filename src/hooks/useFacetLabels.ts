import { useEffect, useState } from 'react';

import type { Workbench } from '../models/workbench';
import type { FacetName } from '../types/api';
import { FACET_VOCABULARIES, valueTitle } from '../types/facets';

/**
 * The labels of facet values. A value is its own label until its vocabulary is loaded, and if the
 * vocabulary does not have it.
 */
export function useFacetLabels(
  workbench: Workbench
): (facet: FacetName, value: string) => string {
  const { reference, services } = workbench;
  const [labels, setLabels] = useState<ReadonlyMap<string, string>>(new Map());
  useEffect(() => {
    let isGone = false;
    for (const [facet, list] of Object.entries(FACET_VOCABULARIES)) {
      reference.vocabulary(list).then(
        terms => {
          if (!isGone) {
            const named = terms.map(
              ({ id, label }) => [`${facet}=${id}`, label] as const
            );
            setLabels(before => new Map([...before, ...named]));
          }
        },
        // The values can be read without labels.
        () => undefined
      );
    }
    return () => {
      isGone = true;
    };
  }, [reference]);
  return (facet, value) =>
    labels.get(`${facet}=${value}`) ??
    valueTitle(facet, value, services.trans) ??
    value;
}
