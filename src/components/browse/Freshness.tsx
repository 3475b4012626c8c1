import type { TranslationBundle } from '@jupyterlab/translation';
import React, { type ReactNode } from 'react';

import type { IDatasetPage, IFreshness } from '../../types/api';
import { Banner } from '../common/Banner';
import { ago } from '../common/ago';

/**
 * What cannot be looked at just now, and how old what is shown of it is.
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
                'The Hub does not answer; this is its list of %1.',
                ago(hub.as_of, trans)
              )
            : trans.__(
                'The Hub does not answer: what is only there is not in this list.'
              )}
        </p>
      )}
    </>
  );
}
