import type { TranslationBundle } from '@jupyterlab/translation';
import React, { useState } from 'react';

import { Banner } from '../common/Banner';
import { Button } from '../common/Button';

export interface IUnfinishedProps {
  /**
   * Nicknames of what is not in the catalog yet.
   */
  names: readonly string[];
  onResume: (name: string) => void;
  onUndo: (name: string) => void;
  trans: TranslationBundle;
}

/**
 * Publications that were begun and not finished, and the two ways out.
 */
export function Unfinished(props: IUnfinishedProps): JSX.Element {
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
          {trans.__('“%1” was begun and is not in the catalog yet.', name)}
        </Banner>
      ))}
      {hidden > 0 && (
        <Button look="plain" onClick={() => setAll(true)}>
          {trans._n(
            'One more is unfinished',
            '%1 more are unfinished',
            hidden,
            hidden
          )}
        </Button>
      )}
    </>
  );
}

/**
 * So many are shown at first.
 */
const SHOWN = 2;
