import type { TranslationBundle } from '@jupyterlab/translation';
import React, { useState } from 'react';

import { Banner } from '../common/Banner';
import { Button } from '../common/Button';

export interface IUnfinishedBannersProps {
  /**
   * Nicknames of datasets that are not in the catalog yet.
   */
  names: readonly string[];
  onResume: (name: string) => void;
  onUndo: (name: string) => void;
  trans: TranslationBundle;
}

/**
 * The publications that were not finished, with buttons to resume or undo them.
 */
export function UnfinishedBanners(props: IUnfinishedBannersProps): JSX.Element {
  const { names, trans } = props;
  const [all, setAll] = useState(false);
  const hidden = all ? 0 : Math.max(0, names.length - SHOWN);
  return (
    <>
      {names.slice(0, names.length - hidden).map(name => (
        <Banner
          key={name}
          kind="info"
          actions={
            <>
              <Button
                aria-label={trans.__('Resume the publication of %1', name)}
                onClick={() => props.onResume(name)}
              >
                {trans.__('Resume')}
              </Button>
              <Button
                look="plain"
                aria-label={trans.__('Undo the publication of %1', name)}
                onClick={() => props.onUndo(name)}
              >
                {trans.__('Undo')}
              </Button>
            </>
          }
        >
          {trans.__(
            'The publication of “%1” was not finished: it is not in the catalog yet.',
            name
          )}
        </Banner>
      ))}
      {hidden > 0 && (
        <Button look="plain" onClick={() => setAll(true)}>
          {trans._n(
            'Show 1 more unfinished publication',
            'Show %1 more unfinished publications',
            hidden,
            hidden
          )}
        </Button>
      )}
    </>
  );
}

/**
 * How many are shown at first.
 */
const SHOWN = 2;
