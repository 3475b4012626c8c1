import type { TranslationBundle } from '@jupyterlab/translation';
import React, { type ReactNode } from 'react';

import type { IDatasetPage, IFreshness } from '../../types/api';
import { ago } from '../common/ago';
import { Banner } from '../common/Banner';

/**
 * Says that the catalog or the Hub does not answer, and how old the list is.
 */
export function Freshness(props: {
  catalog: IDatasetPage['catalog'];
  hub: IFreshness;
  retry: ReactNode;
  trans: TranslationBundle;
}): JSX.Element {
  const { catalog, hub, trans } = props;
  return (
    <>
      {catalog.problem && (
        <Banner kind="warning" actions={props.retry}>
          {catalog.problem}
          {catalog.as_of && (
            <p>
              {trans.__(
                'This is the catalog as it was %1.',
                ago(catalog.as_of, trans)
              )}
            </p>
          )}
        </Banner>
      )}
      {hub.problem && (
        <p className="hnl-Result-note" title={hub.problem}>
          {hub.as_of
            ? trans.__(
                'The Hub is not responding. This is its list as it was %1.',
                ago(hub.as_of, trans)
              )
            : trans.__(
                'The Hub is not responding, so datasets that are only there are missing from this list.'
              )}
        </p>
      )}
    </>
  );
}
