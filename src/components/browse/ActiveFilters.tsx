import type { TranslationBundle } from '@jupyterlab/translation';
import React, { useId, useRef } from 'react';

import type { FacetName } from '../../types/api';
import { facetTitle } from '../../types/facets';
import { Chips } from '../common/Chips';

export interface IActiveFiltersProps {
  /**
   * Facets and their selected values; at least one.
   */
  filters: readonly (readonly [facet: FacetName, value: string])[];
  /**
   * Whether to show a button that removes all of them.
   */
  canClear: boolean;
  labelOf: (facet: FacetName, value: string) => string;
  onRemove: (facet: FacetName, value: string) => void;
  onClear: () => void;
  trans: TranslationBundle;
}

/**
 * The filters that are in effect, each with a button to remove it.
 */
export function ActiveFilters(props: IActiveFiltersProps): JSX.Element {
  const { filters, trans } = props;
  const id = useId();
  const area = useRef<HTMLDivElement>(null);
  const focusSearch = (): void =>
    area.current
      ?.closest('.hnl-Browse')
      ?.querySelector<HTMLElement>('input[type=search]')
      ?.focus();
  return (
    <div className="hnl-Browse-chosen" ref={area}>
      <span className="hnl-visuallyHidden" id={id}>
        {trans.__('Active filters')}
      </span>
      <Chips
        labelId={id}
        chips={filters.map(([facet, value]) => ({
          id: `${facet}:${value}`,
          label: `${facetTitle(facet, trans)}: ${props.labelOf(facet, value)}`
        }))}
        readOnly={false}
        onRemove={chip => {
          const found = filters.find(
            ([facet, it]) => `${facet}:${it}` === chip
          );
          if (found) {
            props.onRemove(...found);
          }
        }}
        onEmptied={focusSearch}
        trans={trans}
      />
      {props.canClear && (
        <button
          type="button"
          className="hnl-LinkButton"
          onClick={() => {
            focusSearch();
            props.onClear();
          }}
        >
          {trans.__('Clear all')}
        </button>
      )}
    </div>
  );
}
