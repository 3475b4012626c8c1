import type { TranslationBundle } from '@jupyterlab/translation';
import React, { useState } from 'react';

import type { FacetName, IFacetCounts } from '../../types/api';
import { facetTitle } from '../../types/facets';
import type { Facets } from '../../types/search';
import { CopyButton } from '../common/CopyButton';
import { FacetGroup } from './FacetGroup';
import type { IFacetValue } from './useFoundValues';

export interface IFiltersProps {
  id: string;
  facets: readonly IFacetCounts[];
  chosen: Facets;
  labelOf: (facet: FacetName, value: string) => string;
  onToggle: (facet: FacetName, value: string) => void;
  /**
   * Find other values of a facet.
   */
  onSearchFacet: (
    facet: FacetName,
    contains: string
  ) => Promise<IFacetCounts['values']>;
  onClear: () => void;
  onCopyLink: () => void;
  trans: TranslationBundle;
}

/**
 * All facets, with the number of datasets for each value.
 */
export function Filters(props: IFiltersProps): JSX.Element {
  const { chosen, trans } = props;
  const [folds, setFolds] = useState<Partial<Record<FacetName, boolean>>>({});
  const labelled = (
    facet: FacetName,
    values: IFacetCounts['values']
  ): IFacetValue[] =>
    values.map(({ value, count }) => ({
      value,
      count,
      label: props.labelOf(facet, value)
    }));
  const hasChosen = Object.keys(chosen).length > 0;
  return (
    <section
      className="hnl-Filters"
      id={props.id}
      aria-label={trans.__('Filters')}
    >
      <div className="hnl-Filters-actions">
        <button
          type="button"
          className="hnl-LinkButton"
          aria-disabled={!hasChosen}
          onClick={() => hasChosen && props.onClear()}
        >
          {trans.__('Clear all')}
        </button>
        <CopyButton onCopy={props.onCopyLink} trans={trans}>
          {trans.__('Copy link to this search')}
        </CopyButton>
      </div>
      {props.facets
        .filter(({ facet, values }) => values.length > 0 || chosen[facet])
        .map(({ facet, values }, index) => (
          <FacetGroup
            key={facet}
            title={facetTitle(facet, trans)}
            values={labelled(facet, values)}
            chosen={chosen[facet] ?? NONE}
            open={folds[facet] ?? (index < OPEN || !!chosen[facet])}
            onFold={open => setFolds({ ...folds, [facet]: open })}
            onToggle={value => props.onToggle(facet, value)}
            onSearch={async contains =>
              labelled(facet, await props.onSearchFacet(facet, contains))
            }
            trans={trans}
          />
        ))}
    </section>
  );
}

/**
 * How many groups are open at first.
 */
const OPEN = 3;

const NONE: readonly string[] = [];
