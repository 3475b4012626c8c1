import type { TranslationBundle } from '@jupyterlab/translation';
import React from 'react';

import type { DraftModel } from '../models/drafts/draft';

/**
 * Whether a draft is saved, announced at each change.
 */
export function SaveState(props: {
  draft: DraftModel;
  trans: TranslationBundle;
}): JSX.Element {
  const { draft, trans } = props;
  return (
    <span className="hnl-Breadcrumbs-state" role="status">
      {draft.isSaving
        ? trans.__('Saving…')
        : draft.isDirty
          ? ''
          : trans.__('Saved')}
    </span>
  );
}
