import React, { useRef } from 'react';

import { openDraft } from '../actions/drafts';
import { refresh } from '../actions/refresh';
import { goBack, showAccount, showJob } from '../actions/views';
import { MissingDraft } from '../components/drafts/MissingDraft';
import { ServerProblem } from '../components/account/ServerProblem';
import { SessionBanner } from '../components/account/SessionBanner';
import { ErrorBoundary } from '../components/common/ErrorBoundary';
import { useModel } from '../hooks/useModel';
import { useScrollRestore } from '../hooks/useScrollRestore';
import type { View } from '../models/navigation';
import type { Workbench } from '../models/workbench';
import { AccountPane } from './AccountPane';
import { Breadcrumbs } from './Breadcrumbs';
import { BrowsePane } from './BrowsePane';
import { DatasetPane } from './DatasetPane';
import { DraftPane } from './DraftPane';
import { DraftsPane } from './DraftsPane';
import { HubPane } from './HubPane';
import { JobPane } from './JobPane';
import { viewTitle } from './viewTitle';

/**
 * The content of the sidebar: the session at the top, and the present view.
 */
export function SidebarPane(props: { workbench: Workbench }): JSX.Element {
  const { workbench } = props;
  const { services, navigation, drafts } = workbench;
  const { session, trans } = services;
  useModel(session);
  useModel(navigation);
  useModel(drafts);
  const { state, info } = session;
  if (state === 'unchecked') {
    return (
      <p className="hnl-Page" role="status">
        {trans.__('Connecting to the server…')}
      </p>
    );
  }
  if (!info || state === 'mismatch') {
    return (
      <ServerProblem
        error={session.error}
        version={session.version}
        serverVersion={session.serverVersion}
        onRetry={() => void refresh(workbench)}
        trans={trans}
      />
    );
  }
  return (
    <>
      <SessionBanner
        session={info}
        onAccount={() => showAccount(workbench)}
        trans={trans}
      />
      <Views workbench={workbench} />
    </>
  );
}

/**
 * The present view. The list stays in the page while another view is shown, so that it is as before
 * when the user comes back.
 */
function Views({ workbench }: { workbench: Workbench }): JSX.Element {
  const { details, navigation, services } = workbench;
  const { trail, view } = navigation;
  const { trans } = services;
  const list = useRef<HTMLDivElement>(null);
  const page = useRef<HTMLDivElement>(null);
  // The title of a dataset that the list does not have is known once its entry is loaded.
  useModel(view.kind === 'entry' ? details.entry(view.name) : null);
  const isList = view.kind === 'browse';
  useScrollRestore(navigation, isList ? list : page);
  return (
    <div className="hnl-Views">
      {!isList && (
        <div
          // The same dataset can be on the trail more than once.
          key={`${trail.length} ${JSON.stringify(view)}`}
          ref={page}
          className="hnl-View"
          role="group"
          aria-label={viewTitle(workbench, view)}
          tabIndex={-1}
        >
          <Breadcrumbs workbench={workbench} />
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
        <DatasetPane key={view.name} workbench={workbench} name={view.name} />
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
          onPublished={id => showJob(workbench, id)}
          onDiscarded={() => goBack(workbench)}
        />
      ) : (
        <MissingDraft trans={services.trans} />
      );
    }
    case 'job':
      return (
        <JobPane
          key={view.id}
          workbench={workbench}
          jobId={view.id}
          onJob={id => showJob(workbench, id)}
          onDraft={id => void openDraft(workbench, id)}
        />
      );
  }
}

const LIST: View = { kind: 'browse' };
