import React from 'react';

import { AccountView } from '../components/account/AccountView';
import { useModel } from '../hooks/useModel';
import type { Workbench } from '../models/workbench';

/**
 * The account on the Hub.
 */
export function AccountPane(props: {
  workbench: Workbench;
}): JSX.Element | null {
  const { session, trans } = props.workbench.services;
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
