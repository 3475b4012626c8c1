import type { TranslationBundle } from '@jupyterlab/translation';
import React, { type ReactNode, useId, useState } from 'react';

import type { IDeviceSignIn, ISession } from '../../types/api';
import type { CatalogError } from '../../types/errors';
import { Banner } from '../common/Banner';
import { Button } from '../common/Button';

export interface IAccountViewProps {
  session: ISession;
  device: IDeviceSignIn | null;
  error: CatalogError | null;
  busy: boolean;
  /**
   * @returns Whether the Hub accepted the token.
   */
  onToken: (token: string) => Promise<boolean>;
  onCode: () => void;
  onCancelCode: () => void;
  onSignOut: () => void;
  onRefresh: () => void;
  /**
   * What follows on the same page.
   */
  children?: ReactNode;
  trans: TranslationBundle;
}

/**
 * The account on the Hub, what it may do, and how to sign in and out.
 */
export function AccountView(props: IAccountViewProps): JSX.Element {
  const { session, device, error, busy, trans } = props;
  const { site, account, token, hub } = session;
  return (
    <div className="hnl-Page">
      <dl className="hnl-Facts">
        <dt>{trans.__('Centre')}</dt>
        <dd>{site.title}</dd>
        <dt>{trans.__('Organization')}</dt>
        <dd>{site.organization}</dd>
        <dt>{trans.__('Hub')}</dt>
        <dd>
          <a href={hub.url} target="_blank" rel="noopener noreferrer">
            {hub.url}
          </a>
          {hub.reachable === false && (
            <div>{hub.detail ?? trans.__('It is not responding.')}</div>
          )}
        </dd>
        <dt>{trans.__('Account')}</dt>
        <dd>
          {account
            ? account.name
            : token && hub.reachable !== true
              ? trans.__('unknown while the Hub is not responding')
              : trans.__('not signed in')}
          {account && <div>{account.sentence}</div>}
        </dd>
        {token && (
          <>
            <dt>{trans.__('Token from')}</dt>
            <dd>{token.source}</dd>
          </>
        )}
      </dl>
      <div aria-live="polite">
        {error && <Banner kind="error">{error.detail}</Banner>}
        {device && (
          <DeviceCode
            device={device}
            onCancel={props.onCancelCode}
            trans={trans}
          />
        )}
      </div>
      {site.practice && (
        <p>
          {trans.__(
            'The practice Hub is a small server on this machine. What you publish to it stays here, so you can try everything without an account.'
          )}
        </p>
      )}
      {!device && !site.practice && (
        <>
          {session.device_sign_in && (
            <Button look="primary" isWaiting={busy} onClick={props.onCode}>
              {account
                ? trans.__('Sign in with another account')
                : trans.__('Sign in on the Hub')}
            </Button>
          )}
          <TokenForm {...props} />
        </>
      )}
      <div className="hnl-Actions">
        {token && !site.practice && (
          <Button isWaiting={busy} onClick={props.onSignOut}>
            {trans.__('Sign out')}
          </Button>
        )}
        <Button isWaiting={busy} onClick={props.onRefresh}>
          {trans.__('Check again')}
        </Button>
      </div>
      {props.children}
    </div>
  );
}

/**
 * Sends a token to the server; the field is cleared at once.
 */
function TokenForm(props: IAccountViewProps): JSX.Element {
  const { busy, onToken, session, trans } = props;
  const [token, setToken] = useState('');
  const id = useId();
  return (
    <form
      className="hnl-Token"
      onSubmit={event => {
        event.preventDefault();
        const given = token.trim();
        setToken('');
        if (given) {
          void onToken(given);
        }
      }}
    >
      <label className="hnl-Field-label" htmlFor={id}>
        {trans.__('Access token')}
      </label>
      <div className="hnl-Field-help" id={`${id}-help`}>
        {trans.__(
          'Create it in the settings of your account on the Hub. Your Jupyter server keeps it in a file that only you can read, and never shows it again.'
        )}{' '}
        <a
          href={`${session.hub.url.replace(/\/$/, '')}/settings/tokens`}
          target="_blank"
          rel="noopener noreferrer"
        >
          {trans.__('Create a token')}
        </a>
      </div>
      <div className="hnl-Field-row">
        <input
          id={id}
          className="hnl-Input"
          type="password"
          autoComplete="off"
          spellCheck={false}
          aria-describedby={`${id}-help`}
          value={token}
          onChange={event => setToken(event.currentTarget.value)}
        />
        <button
          type="submit"
          className="hnl-Button"
          disabled={busy || token.trim() === ''}
        >
          {trans.__('Sign in')}
        </button>
      </div>
    </form>
  );
}

function DeviceCode({
  device,
  onCancel,
  trans
}: {
  device: IDeviceSignIn;
  onCancel: () => void;
  trans: TranslationBundle;
}): JSX.Element {
  return (
    <Banner
      kind="info"
      actions={<Button onClick={onCancel}>{trans.__('Cancel')}</Button>}
    >
      <p>
        {trans.__('Open this page and enter the code:')}{' '}
        <a
          href={device.verification_uri}
          target="_blank"
          rel="noopener noreferrer"
        >
          {device.verification_uri}
        </a>
      </p>
      <p className="hnl-Code">{device.user_code}</p>
    </Banner>
  );
}
