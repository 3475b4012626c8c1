import type { TranslationBundle } from '@jupyterlab/translation';
import React from 'react';

import type { IDatasetSummary } from '../../types/api';

/**
 * Links to similar datasets.
 */
export function Related(props: {
  datasets: readonly IDatasetSummary[];
  onOpen: (id: string) => void;
  trans: TranslationBundle;
}): JSX.Element {
  const { datasets, trans } = props;
  return datasets.length === 0 ? (
    <p className="hnl-Empty">{trans.__('There are no similar datasets.')}</p>
  ) : (
    <ul className="hnl-Related">
      {datasets.map(({ id, name, pretty_name, source, description }) => (
        <li key={id}>
          <button
            type="button"
            className="hnl-LinkButton"
            onClick={() => props.onOpen(id)}
          >
            {pretty_name || name}
          </button>
          {source === 'hub' && (
            <span className="hnl-Badge">{trans.__('Only on the Hub')}</span>
          )}
          {description && <p className="hnl-Related-text">{description}</p>}
        </li>
      ))}
    </ul>
  );
}
