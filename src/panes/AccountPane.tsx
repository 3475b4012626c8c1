import React, { useEffect } from 'react';

import { AccountView } from '../components/account/AccountView';
import { ServiceKeys } from '../components/account/ServiceKeys';
import { useModel } from '../hooks/useModel';
import type { Workbench } from '../models/workbench';

/**
 * The account on the Hub.
 */
export function AccountPane(props: {
  workbench: Workbench;
}): JSX.Element | null {
  const { session, trans } = props.workbench.services;
  const { keys } = props.workbench;
  useModel(session);
  useModel(keys);
  useEffect(() => void keys.list.load(), [keys]);
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
      >
        <ServiceKeys
          keys={keys.list.value ?? []}
          error={keys.saveError ?? keys.list.error}
          onSave={(name, key) => keys.save(name, key)}
          onRemove={name => void keys.remove(name)}
          trans={trans}
        />
      </AccountView>
    )
  );
}
