import { ReactWidget } from '@jupyterlab/ui-components';
import React from 'react';

import { draftTitle } from '../components/browse/DraftList';
import { ServerProblem } from '../components/browse/ServerProblem';
import { SessionBanner } from '../components/browse/SessionBanner';
import { ErrorBoundary } from '../components/common/ErrorBoundary';
import { BrowsePane } from './BrowsePane';
import { AccountPane, DraftsPane } from './panes';
import { DraftPane, GoneDraft } from './DraftPane';
import { acceptDrops } from './drops';
import { EntryPane } from './EntryPane';
import { keepFocus } from './focus';
import { HubPane } from './HubPane';
import { JobPane } from './JobPane';
import { useModel } from './useModel';
import type { Workbench } from './workbench';

/**
 * The content of the sidebar.
 */
export class CatalogSidebar extends ReactWidget {
  constructor(private readonly _workbench: Workbench) {
    super();
    this.addClass('hnl-Sidebar');
    keepFocus(this);
    acceptDrops(this, {
      onData: path => {
        const { view } = _workbench.navigation;
        const draft =
          view.kind === 'draft' ? _workbench.drafts.find(view.id) : null;
        void (draft
          ? _workbench.useData(draft, path)
          : _workbench.create(path));
      },
      onScript: (member, path) => void _workbench.useScript(member, path)
    });
  }

  protected override render(): JSX.Element {
    return <Sidebar workbench={this._workbench} />;
  }
}

function Sidebar({ workbench }: { workbench: Workbench }): JSX.Element {
  const { services, navigation, drafts } = workbench;
  const { session, trans } = services;
  useModel(session);
  useModel(navigation);
  useModel(drafts);
  const { state, info } = session;
  if (state === 'unchecked') {
    return (
      <p className="hnl-Page" role="status">
        {trans.__('Asking the server…')}
      </p>
    );
  }
  if (!info || state === 'mismatch') {
    return (
      <ServerProblem
        error={session.error}
        version={session.version}
        serverVersion={session.serverVersion}
        onRetry={() => void workbench.refresh()}
        trans={trans}
      />
    );
  }
  return (
    <>
      <SessionBanner
        session={info}
        onAccount={() => workbench.showAccount()}
        trans={trans}
      />
      <Place workbench={workbench} />
      <ErrorBoundary key={JSON.stringify(navigation.view)} trans={trans}>
        <Content workbench={workbench} />
      </ErrorBoundary>
    </>
  );
}

/**
 * Where one is, and the way back to the list.
 */
function Place({ workbench }: { workbench: Workbench }): JSX.Element | null {
  const { services, navigation, drafts } = workbench;
  const { view } = navigation;
  const { openTab, trans } = services;
  const draft = view.kind === 'draft' ? drafts.find(view.id) : null;
  useModel(draft);
  if (view.kind === 'browse') {
    return null;
  }
  return (
    <div className="hnl-Place">
      <button
        type="button"
        className="hnl-Button hnl-mod-plain"
        onClick={() => navigation.show({ kind: 'browse' })}
      >
        <span aria-hidden="true">‹</span>
        {trans.__('Datasets')}
      </button>
      {draft && (
        <>
          <span className="hnl-Place-title">
            {draftTitle(
              {
                title: draft.content.title,
                name: String(draft.content.values['name'] ?? '')
              },
              trans
            )}
          </span>
          <span className="hnl-Place-state" role="status">
            {draft.isSaving
              ? trans.__('Saving…')
              : draft.isDirty
                ? ''
                : trans.__('Saved')}
          </span>
          {openTab && (
            <button
              type="button"
              className="hnl-Button hnl-mod-plain"
              onClick={() => {
                openTab(draft.id);
                navigation.show({ kind: 'browse' });
              }}
            >
              {trans.__('Open in a tab')}
            </button>
          )}
        </>
      )}
    </div>
  );
}

function Content({ workbench }: { workbench: Workbench }): JSX.Element {
  const { services, navigation, drafts } = workbench;
  const { view } = navigation;
  switch (view.kind) {
    case 'browse':
      return <BrowsePane workbench={workbench} />;
    case 'drafts':
      return <DraftsPane workbench={workbench} />;
    case 'account':
      return <AccountPane workbench={workbench} />;
    case 'entry':
      return (
        <EntryPane key={view.name} workbench={workbench} name={view.name} />
      );
    case 'hub':
      return (
        <HubPane
          key={view.repo_id}
          workbench={workbench}
          repoId={view.repo_id}
        />
      );
    case 'draft': {
      const draft = drafts.find(view.id);
      return draft ? (
        <DraftPane
          key={draft.id}
          workbench={workbench}
          draft={draft}
          previewInside
          onPublished={id => workbench.showJob(id)}
        />
      ) : (
        <GoneDraft trans={services.trans} />
      );
    }
    case 'job':
      return (
        <JobPane
          key={view.id}
          workbench={workbench}
          jobId={view.id}
          onJob={id => workbench.showJob(id)}
          onDraft={id => void workbench.openDraft(id)}
        />
      );
  }
}
