import { MainAreaWidget } from '@jupyterlab/apputils';
import { ReactWidget } from '@jupyterlab/ui-components';
import React from 'react';

import { setData, setScriptOf } from '../actions/drafts';
import { ErrorBoundary } from '../components/common/ErrorBoundary';
import { catalogIcon } from '../icons';
import type { DraftModel } from '../models/drafts/draft';
import type { Workbench } from '../models/workbench';
import { DraftTabPane } from '../panes/DraftTabPane';
import { titleOfDraft } from '../panes/viewTitle';
import { acceptDrops } from './drops';
import { keepFocus } from './focus';

/**
 * A draft in a tab of the main area.
 */
export class DraftTab extends MainAreaWidget {
  constructor(
    private readonly _workbench: Workbench,
    readonly draft: DraftModel
  ) {
    super({
      content: new DraftContent(_workbench, draft, () => this.dispose())
    });
    this.id = `huggingnersc-lab-draft-${draft.id}`;
    this.title.icon = catalogIcon;
    this.title.closable = true;
    // The content has its own buttons.
    this.toolbar.hide();
    draft.stateChanged.connect(this._updateLabel, this);
    this._updateLabel();
  }

  private _updateLabel(): void {
    this.title.label = titleOfDraft(this._workbench, this.draft);
    // JupyterLab's class for documents with unsaved changes.
    this.title.className = this.draft.isDirty ? 'jp-mod-dirty' : '';
  }
}

class DraftContent extends ReactWidget {
  constructor(
    private readonly _workbench: Workbench,
    private readonly _draft: DraftModel,
    private readonly _close: () => void
  ) {
    super();
    this.addClass('hnl-Editor');
    keepFocus(this);
    acceptDrops(this, {
      onData: path => void setData(_workbench, _draft, path),
      onScript: (member, path) =>
        void setScriptOf(_workbench, _draft, member, path)
    });
  }

  protected override render(): JSX.Element {
    return (
      <ErrorBoundary trans={this._workbench.services.trans}>
        <DraftTabPane
          workbench={this._workbench}
          draft={this._draft}
          onClose={this._close}
        />
      </ErrorBoundary>
    );
  }
}
