import React, { useEffect, useState } from 'react';

import { AccountView } from '../components/browse/AccountView';
import { BrowseView } from '../components/browse/BrowseView';
import { DraftList, draftTitle } from '../components/browse/DraftList';
import { JobBanners } from '../components/jobs/JobBanners';
import { catalogIcon } from '../icons';
import { isActive } from '../models/jobs';
import { exportDraft } from './exporting';
import { openMenu } from './focus';
import { useModel, useSignal } from './useModel';
import type { Workbench } from './workbench';

interface IPaneProps {
  workbench: Workbench;
}

export function BrowsePane({ workbench }: IPaneProps): JSX.Element {
  const { catalog, jobs, navigation, services } = workbench;
  const { trans } = services;
  useModel(catalog);
  useModel(jobs);
  useSignal(services.settings?.changed ?? null);
  const [formats, setFormats] = useState<ReadonlySet<string>>(new Set());
  useEffect(() => {
    workbench.reference.vocabulary('formats').then(
      terms => setFormats(new Set(terms.map(({ id }) => id))),
      // Without them the list leaves the formats out.
      () => undefined
    );
  }, [workbench]);
  return (
    <BrowseView
      records={catalog.records}
      location={catalog.location}
      listedAt={catalog.listedAt}
      error={catalog.listError}
      columns={workbench.settings.columns}
      formats={formats}
      filter={navigation.filter}
      icon={catalogIcon}
      onFilter={filter => navigation.setFilter(filter)}
      onCreate={() => void workbench.create()}
      onOpen={name => workbench.showDataset(name)}
      onMenu={openMenu}
      onRetry={() => void workbench.refresh()}
      trans={trans}
    >
      <JobBanners
        jobs={jobs.jobs.filter(job => isActive(job) || job.kept)}
        onOpen={id => workbench.showJob(id)}
        onForget={id => void jobs.forget(id)}
        trans={trans}
      />
    </BrowseView>
  );
}

export function DraftsPane({ workbench }: IPaneProps): JSX.Element {
  const { drafts, services } = workbench;
  const { client, trans } = services;
  useModel(drafts);
  useEffect(() => {
    void drafts.refresh();
  }, [drafts]);
  return (
    <DraftList
      drafts={drafts.drafts}
      error={drafts.listError}
      onOpen={id => void workbench.openDraft(id)}
      onExport={draft =>
        void workbench.attempt(() =>
          exportDraft(client, draft.id, draftTitle(draft, trans))
        )
      }
      onDelete={draft =>
        void workbench.removeDraft(draft.id, draftTitle(draft, trans))
      }
      onRetry={() => void drafts.refresh()}
      trans={trans}
    />
  );
}

export function AccountPane({ workbench }: IPaneProps): JSX.Element | null {
  const { session, trans } = workbench.services;
  useModel(session);
  return (
    session.info && (
      <AccountView
        session={session.info}
        device={session.device}
        error={session.signInError}
        busy={session.busy}
        onToken={token => session.signIn(token)}
        onCode={() => void session.signInWithCode()}
        onCancelCode={() => session.cancelSignIn()}
        onSignOut={() => void session.signOut()}
        onRefresh={() => void session.refresh()}
        trans={trans}
      />
    )
  );
}
