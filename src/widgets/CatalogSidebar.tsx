import { ReactWidget } from '@jupyterlab/ui-components';
import React, { useRef } from 'react';

import { ServerProblem } from '../components/account/ServerProblem';
import { SessionBanner } from '../components/account/SessionBanner';
import { ErrorBoundary } from '../components/common/ErrorBoundary';
import type { View } from '../models/navigation';
import { BrowsePane } from '../panes/BrowsePane';
import { AccountPane, DraftsPane } from '../panes/DraftsPane';
import { DraftPane, GoneDraft } from '../panes/DraftPane';
import { acceptDrops } from './drops';
import { EntryPane } from '../panes/DatasetPane';
import { keepFocus } from './focus';
import { HubPane } from '../panes/HubPane';
import { JobPane } from '../panes/JobPane';
import { Place, viewTitle } from '../panes/Breadcrumbs';
import { useModel } from '../hooks/useModel';
import { useReturn } from '../hooks/useScrollRestore';
import type { Workbench } from '../models/workbench';

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
      <Views workbench={workbench} />
    </>
  );
}

/**
 * The view one is in. The list stays as it is while another view is shown.
 */
function Views({ workbench }: { workbench: Workbench }): JSX.Element {
  const { details, navigation, services } = workbench;
  const { trail, view } = navigation;
  const { trans } = services;
  const list = useRef<HTMLDivElement>(null);
  const page = useRef<HTMLDivElement>(null);
  // A dataset that is in no list here is called by its title as soon as that is known.
  useModel(view.kind === 'entry' ? details.entry(view.name) : null);
  const isList = view.kind === 'browse';
  useReturn(navigation, isList ? list : page);
  return (
    <div className="hnl-Views">
      {!isList && (
        <div
          // The same dataset once more is another step of the way.
          key={`${trail.length} ${JSON.stringify(view)}`}
          ref={page}
          className="hnl-View"
          role="group"
          aria-label={viewTitle(workbench, view)}
          tabIndex={-1}
        >
          <Place workbench={workbench} />
          <ErrorBoundary trans={trans}>
            <Content workbench={workbench} view={view} />
          </ErrorBoundary>
        </div>
      )}
      <div
        ref={list}
        className={`hnl-View${isList ? '' : ' hnl-mod-away'}`}
        role="group"
        aria-label={viewTitle(workbench, LIST)}
        tabIndex={-1}
      >
        <ErrorBoundary trans={trans}>
          <BrowsePane workbench={workbench} />
        </ErrorBoundary>
      </div>
    </div>
  );
}

function Content(props: {
  workbench: Workbench;
  view: Exclude<View, { kind: 'browse' }>;
}): JSX.Element {
  const { workbench, view } = props;
  const { services, drafts } = workbench;
  switch (view.kind) {
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

const LIST: View = { kind: 'browse' };
