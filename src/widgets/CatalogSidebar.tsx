import { ReactWidget } from '@jupyterlab/ui-components';
import React from 'react';

import { createDraft, setData, setScript } from '../actions/drafts';
import type { Workbench } from '../models/workbench';
import { SidebarPane } from '../panes/SidebarPane';
import { acceptDrops } from './drops';
import { keepFocus } from './focus';

/**
 * The sidebar.
 */
export class CatalogSidebar extends ReactWidget {
  constructor(private readonly _workbench: Workbench) {
    super();
    this.addClass('hnl-Sidebar');
    keepFocus(this);
    acceptDrops(this, {
      onData: path => {
        const { drafts, navigation } = _workbench;
        const { view } = navigation;
        const draft = view.kind === 'draft' ? drafts.find(view.id) : null;
        void (draft
          ? setData(_workbench, draft, path)
          : createDraft(_workbench, path));
      },
      onScript: (member, path) => void setScript(_workbench, member, path)
    });
  }

  protected override render(): JSX.Element {
    return <SidebarPane workbench={this._workbench} />;
  }
}
