import type { TranslationBundle } from '@jupyterlab/translation';
import { caretDownEmptyIcon } from '@jupyterlab/ui-components';
import React from 'react';

import type { Sort } from '../../types/search';

export interface ISortFieldProps {
  value: Sort;
  onChange: (sort: Sort) => void;
  trans: TranslationBundle;
}

/**
 * Chooses the order of the list.
 */
export function SortField(props: ISortFieldProps): JSX.Element {
  const { trans } = props;
  const sorts: [Sort, string][] = [
    ['relevance', trans.__('Best match')],
    ['newest', trans.__('Newest')],
    ['name', trans.__('Title')],
    ['size', trans.__('Largest')]
  ];
  return (
    <div className="hnl-Select hnl-Browse-sort">
      <select
        className="hnl-Input"
        aria-label={trans.__('Sort by')}
        title={trans.__('Sort by')}
        value={props.value}
        onChange={event => props.onChange(event.currentTarget.value as Sort)}
      >
        {sorts.map(([sort, label]) => (
          <option key={sort} value={sort}>
            {label}
          </option>
        ))}
      </select>
      <caretDownEmptyIcon.react tag="span" aria-hidden="true" />
    </div>
  );
}
