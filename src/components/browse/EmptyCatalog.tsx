import type { TranslationBundle } from '@jupyterlab/translation';
import type { LabIcon } from '@jupyterlab/ui-components';
import React from 'react';

export interface IEmptyCatalogProps {
  icon: LabIcon;
  /**
   * The catalog's folder; empty if the site has none.
   */
  root: string;
  trans: TranslationBundle;
}

/**
 * Shown in place of the list if there are no datasets: how to add the first one.
 */
export function EmptyCatalog(props: IEmptyCatalogProps): JSX.Element {
  const { icon: Icon, root, trans } = props;
  return (
    <div className="hnl-Message">
      <Icon.react
        tag="span"
        className="hnl-Message-icon"
        aria-hidden="true"
        width="48px"
        height="48px"
      />
      <h3 className="hnl-Message-title">{trans.__('No datasets yet')}</h3>
      <p>
        {trans.__(
          'Right-click a folder in the file browser and choose "Catalog this dataset…", or use the button above.'
        )}
      </p>
      {root && (
        <p className="hnl-Message-detail">
          {trans.__('The catalog is the folder %1.', root)}
        </p>
      )}
    </div>
  );
}
