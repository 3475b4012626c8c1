import type { TranslationBundle } from '@jupyterlab/translation';
import React from 'react';

import { ago } from '../components/common/ago';
import { Banner } from '../components/common/Banner';
import { Button } from '../components/common/Button';
import { FilledNote } from '../components/drafts/FilledNote';
import type { DraftModel } from '../models/drafts/draft';
import { filesOf } from '../models/drafts/filling';

/**
 * Why a draft is not saved or cannot be previewed, and what was filled in, with buttons for what the
 * user can do.
 */
export function DraftBanners(props: {
  draft: DraftModel;
  /**
   * Show the dataset that the draft changes.
   */
  onShowDataset: () => void;
  /**
   * Let the draft replace what others have changed in the dataset since.
   */
  onOverwrite: () => void;
  trans: TranslationBundle;
}): JSX.Element {
  const { draft, trans } = props;
  const stale = draft.findings.warnings.find(
    ({ pointer, code }) => pointer === '' && code === 'conflict'
  );
  if (draft.conflict) {
    return (
      <Banner
        kind="error"
        actions={
          <>
            <Button onClick={() => void draft.keepMine()}>
              {trans.__('Keep this version')}
            </Button>
            <Button onClick={() => void draft.takeTheirs()}>
              {trans.__('Use the other version')}
            </Button>
          </>
        }
      >
        {trans.__(
          'This draft was changed in another tab %1. Nothing is saved here until you choose one of the two versions.',
          ago(draft.conflict.updated_at, trans)
        )}
      </Banner>
    );
  }
  const retry = (again: () => void): JSX.Element => (
    <Button onClick={again}>{trans.__('Try again')}</Button>
  );
  return (
    <>
      {stale && (
        <Banner
          kind="warning"
          actions={
            <>
              <Button onClick={props.onShowDataset}>
                {trans.__('Show dataset')}
              </Button>
              <Button onClick={props.onOverwrite}>
                {trans.__('Replace it with this draft')}
              </Button>
            </>
          }
        >
          {stale.detail}
        </Banner>
      )}
      {draft.saveError && (
        <Banner kind="error" actions={retry(() => void draft.save())}>
          {trans.__('Not saved yet.')} {draft.saveError.detail}
        </Banner>
      )}
      {draft.previewError && draft.previewError !== draft.saveError && (
        <Banner kind="error" actions={retry(() => void draft.makePreview())}>
          {draft.previewError.detail}
        </Banner>
      )}
      <FilledNote
        count={Object.keys(draft.content.sources ?? {}).length}
        files={filesOf(draft.content)}
        skipped={draft.fill.suggestions?.skipped ?? []}
        onUndo={() => draft.fill.undo()}
        trans={trans}
      />
    </>
  );
}
