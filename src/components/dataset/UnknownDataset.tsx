import type { TranslationBundle } from '@jupyterlab/translation';
import React from 'react';

import { Button } from '../common/Button';

export interface IUnknownDatasetProps {
  /**
   * The nickname or `repo_id` that does not exist.
   */
  id: string;
  /**
   * The server's error message.
   */
  detail?: string | undefined;
  onSearch: () => void;
  onList: () => void;
  trans: TranslationBundle;
}

/**
 * Says that a dataset does not exist, and what the user can do instead.
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
          'It may have been retired or renamed since this link was created.'
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
