import { PathExt } from '@jupyterlab/coreutils';
import React, { useEffect, useState } from 'react';

import { AccountView } from '../components/browse/AccountView';
import { BrowseView } from '../components/browse/BrowseView';
import { DraftList, draftTitle } from '../components/browse/DraftList';
import { Banner } from '../components/common/Banner';
import { EntryView } from '../components/entry/EntryView';
import { JobBanners } from '../components/jobs/JobBanners';
import { catalogIcon } from '../icons';
import { isActive } from '../models/jobs';
import { exportDraft } from './exporting';
import { openMenu } from './focus';
import { insertLoader, openLoaderNotebook } from './notebooks';
import { CardView, CodeView } from './rendering';
import { useModel, useSignal } from './useModel';
import type { Workbench } from './workbench';

/**
 * The file browser's own command, which not every application has.
 */
const GO_TO_PATH = 'filebrowser:go-to-path';

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
      onOpen={name => workbench.showEntry(name)}
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

export function EntryPane({
  workbench,
  name
}: IPaneProps & { name: string }): JSX.Element {
  const { catalog, services } = workbench;
  const { commands, editors, notebooks, rendermime, trans } = services;
  useModel(catalog);
  const [hasNotebook, setHasNotebook] = useState(false);
  useEffect(() => {
    const look = (): void => setHasNotebook(!!notebooks?.currentWidget);
    look();
    notebooks?.currentChanged.connect(look);
    return () => {
      notebooks?.currentChanged.disconnect(look);
    };
  }, [notebooks]);

  const { entry, entryError } = catalog;
  const order = async (kind: 'resume' | 'undo'): Promise<void> => {
    const job = await workbench.order({ kind, name });
    if (job) {
      workbench.showJob(job.id);
    }
  };
  return (
    <>
      {entryError && (
        <Banner
          kind="error"
          actions={
            <button
              type="button"
              className="hnl-Button"
              onClick={() => void catalog.openEntry(name)}
            >
              {trans.__('Try again')}
            </button>
          }
        >
          {entryError.detail}
        </Banner>
      )}
      {!entry && !entryError && (
        <p className="hnl-Page" role="status">
          {trans.__('Reading…')}
        </p>
      )}
      {entry && (
        <EntryView
          key={name}
          entry={entry}
          renderCard={card => <CardView card={card} rendermime={rendermime} />}
          renderCode={(text, fileName) => (
            <div className="hnl-Code">
              <CodeView
                text={text}
                fileName={fileName}
                editors={editors}
                label={fileName}
              />
            </div>
          )}
          onOpenNotebook={
            entry.notebook
              ? () => void openLoaderNotebook(workbench, name)
              : undefined
          }
          onInsert={
            entry.loader && hasNotebook
              ? () => void insertLoader(workbench, name)
              : undefined
          }
          onEdit={() => void workbench.edit(name)}
          onMenu={openMenu}
          onBrowse={
            commands.hasCommand(GO_TO_PATH)
              ? path =>
                  void commands.execute(GO_TO_PATH, {
                    path: PathExt.normalize(path)
                  })
              : undefined
          }
          onResume={() => void order('resume')}
          onUndo={() => void order('undo')}
          trans={trans}
        />
      )}
    </>
  );
}
