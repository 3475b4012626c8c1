import type { TranslationBundle } from '@jupyterlab/translation';
import React from 'react';

import type { ISession } from '../../types/api';
import { Button } from '../common/Button';

export interface ISessionBannerProps {
  session: ISession;
  onAccount: () => void;
  trans: TranslationBundle;
}

/**
 * The site, the account on the Hub and what it may do.
 */
export function SessionBanner(props: ISessionBannerProps): JSX.Element {
  const { session, onAccount, trans } = props;
  const { site, account, hub, token } = session;
  return (
    <div className="hnl-Session">
      <div className="hnl-Session-text">
        {site.practice ? (
          <>
            <strong>{trans.__('Practice Hub')}</strong>
            {': '}
            {trans.__('nothing leaves this machine')}
          </>
        ) : (
          <>
            <strong>{site.title}</strong>
            {' · '}
            {account ? (
              <>
                {account.name}
                {' · '}
                {mayOf(account.may, trans)}
              </>
            ) : token && hub.reachable !== true ? (
              trans.__('account not known yet')
            ) : (
              trans.__('not signed in')
            )}
          </>
        )}
        {hub.reachable === false && (
          <div className="hnl-Session-note">
            {trans.__(
              'The Hub is not responding. You can use the catalog, but you cannot publish now.'
            )}
          </div>
        )}
      </div>
      <Button look="plain" onClick={onAccount}>
        {site.practice || account || token
          ? trans.__('Account')
          : trans.__('Sign in')}
      </Button>
    </div>
  );
}

/**
 * What an account may do, in a few words.
 */
function mayOf(
  may: NonNullable<ISession['account']>['may'],
  trans: TranslationBundle
): string {
  switch (may) {
    case 'publish':
      return trans.__('may publish');
    case 'contribute':
      return trans.__('may contribute');
    case 'propose':
      return trans.__('may propose');
    case 'read':
      return trans.__('may read');
  }
}
