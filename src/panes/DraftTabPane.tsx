import React, { useEffect, useState } from 'react';

import { openDraftInSidebar } from '../actions/drafts';
import { MissingDraft } from '../components/drafts/MissingDraft';
import { Button } from '../components/common/Button';
import { useModel } from '../hooks/useModel';
import type { DraftModel } from '../models/drafts/draft';
import type { Workbench } from '../models/workbench';
import { DraftPane } from './DraftPane';
import { JobPane } from './JobPane';
import { PreviewView } from './PreviewView';
import { SaveState } from './SaveState';

/**
 * A draft in a tab: its form, with the preview next to it; after publishing, the job.
 */
export function DraftTabPane(props: {
  workbench: Workbench;
  draft: DraftModel;
  onClose: () => void;
}): JSX.Element {
  const { workbench, draft, onClose } = props;
  const { services } = workbench;
  const { trans } = services;
  const [jobId, setJobId] = useState<string | null>(null);
  useModel(draft);
  useModel(workbench.drafts);
  const { content } = draft;
  // What is changed from elsewhere is to be seen, not the job that failed before.
  useEffect(() => setJobId(null), [content]);
  if (jobId !== null) {
    return (
      <JobPane
        key={jobId}
        workbench={workbench}
        jobId={jobId}
        onJob={setJobId}
        onDraft={() => setJobId(null)}
      />
    );
  }
  if (workbench.drafts.find(draft.id) !== draft) {
    return <MissingDraft trans={trans} />;
  }
  return (
    <>
      <div className="hnl-Breadcrumbs">
        <span className="hnl-Breadcrumbs-title" />
        <SaveState draft={draft} trans={trans} />
        <Button
          look="plain"
          onClick={() => {
            onClose();
            void openDraftInSidebar(workbench, draft.id);
          }}
        >
          {trans.__('Move to the sidebar')}
        </Button>
      </div>
      <div className="hnl-Editor-columns">
        <DraftPane
          workbench={workbench}
          draft={draft}
          previewInside={false}
          onPublished={setJobId}
          onDiscarded={onClose}
        />
        <div
          className="hnl-Editor-preview"
          role="region"
          aria-label={trans.__('Preview')}
        >
          {draft.preview ? (
            <PreviewView preview={draft.preview} services={services} />
          ) : (
            <div className="hnl-Message">
              <p>
                {trans.__(
                  'Preview the card as it will look on the Hub. Nothing is published yet.'
                )}
              </p>
              <Button
                isWaiting={draft.isPreviewing}
                onClick={() => void draft.makePreview()}
              >
                {trans.__('Preview')}
              </Button>
            </div>
          )}
        </div>
      </div>
    </>
  );
}
