import type { TranslationBundle } from '@jupyterlab/translation';
import React from 'react';

/**
 * Shown in place of the form after its draft was published or deleted.
 */
export function MissingDraft(props: { trans: TranslationBundle }): JSX.Element {
  return (
    <p className="hnl-Page" role="status">
      {props.trans.__('This draft no longer exists.')}
    </p>
  );
}
