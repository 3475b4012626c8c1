import type { TranslationBundle } from '@jupyterlab/translation';
import React from 'react';

import { Button } from '../common/Button';

export interface IUnknownDatasetProps {
  /**
   * The nickname or `repo_id` that was asked for.
   */
  id: string;
  /**
   * What the server says of it.
   */
  detail?: string | undefined;
  onSearch: () => void;
  onList: () => void;
  trans: TranslationBundle;
}

/**
 * There is no dataset of that name, maybe not any more: what can be done instead.
 */
export function UnknownDataset(props: IUnknownDatasetProps): JSX.Element {
  const { id, trans } = props;
  return (
    <div className="hnl-Message" role="alert">
      <h3 className="hnl-Message-title">
        {trans.__('There is no dataset "%1"', id)}
      </h3>
      <p>
        {trans.__(
          'It may have been retired or have another name by now. The link or the list that led here may be older.'
        )}
      </p>
      {props.detail && <p className="hnl-Message-detail">{props.detail}</p>}
      <div className="hnl-Actions hnl-mod-centered">
        <Button look="primary" onClick={props.onSearch}>
          {trans.__('Search for it')}
        </Button>
        <Button onClick={props.onList}>{trans.__('Back to the list')}</Button>
      </div>
    </div>
  );
}
