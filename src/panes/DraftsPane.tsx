import React, { useEffect } from 'react';

import { AccountView } from '../components/account/AccountView';
import { DraftList, draftTitle } from '../components/drafts/DraftList';
import { exportDraft } from '../actions/downloads';
import { useModel } from '../hooks/useModel';
import type { Workbench } from '../models/workbench';

interface IPaneProps {
  workbench: Workbench;
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
