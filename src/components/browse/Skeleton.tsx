import type { TranslationBundle } from '@jupyterlab/translation';
import React from 'react';

/**
 * Placeholder rows while the list is loading.
 */
export function Skeleton(props: { trans: TranslationBundle }): JSX.Element {
  return (
    <div className="hnl-Skeleton" role="status">
      <span className="hnl-visuallyHidden">
        {props.trans.__('Loading the catalog…')}
      </span>
      {[0, 1, 2, 3].map(row => (
        <div key={row} className="hnl-Skeleton-row" />
      ))}
    </div>
  );
}
