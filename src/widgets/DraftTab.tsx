import { MainAreaWidget } from '@jupyterlab/apputils';
import { ReactWidget } from '@jupyterlab/ui-components';
import React, { useState } from 'react';

import { draftTitle } from '../components/drafts/DraftList';
import { Button } from '../components/common/Button';
import { ErrorBoundary } from '../components/common/ErrorBoundary';
import { catalogIcon } from '../icons';
import { withScript } from '../models/draftContent';
import type { DraftModel } from '../models/draft';
import { DraftPane, GoneDraft } from '../panes/DraftPane';
import { acceptDrops } from './drops';
import { keepFocus } from './focus';
import { JobPane } from '../panes/JobPane';
import { PreviewView } from '../panes/PreviewView';
import { useModel } from '../hooks/useModel';
import type { Workbench } from '../models/workbench';

/**
 * A draft in a tab of the main area: its form, and the preview beside it.
 */
export class EntryEditor extends MainAreaWidget {
  constructor(
    workbench: Workbench,
    readonly draft: DraftModel
  ) {
    super({ content: new Editor(workbench, draft, () => this.dispose()) });
    this.id = `huggingnersc-lab-draft-${draft.id}`;
    this.title.icon = catalogIcon;
    this.title.closable = true;
    // What it is for stands in the content.
    this.toolbar.hide();
    this._trans = workbench.services.trans;
    draft.stateChanged.connect(this._rename, this);
    this._rename();
  }

  private _rename(): void {
    const { title, values } = this.draft.content;
    this.title.label = draftTitle(
      { title, name: String(values['name'] ?? '') },
      this._trans
    );
    // The mark of unsaved work, as documents have it.
    this.title.className = this.draft.isDirty ? 'jp-mod-dirty' : '';
  }

  private readonly _trans: Workbench['services']['trans'];
}

class Editor extends ReactWidget {
  constructor(
    private readonly _workbench: Workbench,
    private readonly _draft: DraftModel,
    private readonly _close: () => void
  ) {
    super();
    this.addClass('hnl-Editor');
    keepFocus(this);
    acceptDrops(this, {
      onData: path => void _workbench.useData(_draft, path),
      onScript: (member, path) =>
        _draft.change(withScript(_draft.content, member, path))
    });
  }

  protected override render(): JSX.Element {
    return (
      <ErrorBoundary trans={this._workbench.services.trans}>
        <EditorView
          workbench={this._workbench}
          draft={this._draft}
          onClose={this._close}
        />
      </ErrorBoundary>
    );
  }
}

function EditorView(props: {
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
    return <GoneDraft trans={trans} />;
  }
  return (
    <>
      <div className="hnl-Place">
        <span className="hnl-Place-title" />
        <span className="hnl-Place-state" role="status">
          {draft.isSaving
            ? trans.__('Saving…')
            : draft.isDirty
              ? ''
              : trans.__('Saved')}
        </span>
        <Button
          look="plain"
          onClick={() => {
            onClose();
            void workbench.openDraft(draft.id);
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
                  'A preview shows the card here as it will look. Nothing is sent anywhere for it.'
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
