import type { TranslationBundle } from '@jupyterlab/translation';
import React from 'react';

import type { IDraftContent, ISession } from '../../types/api';
import { Button } from '../common/Button';

export interface IPublishButtonsProps {
  content: Pick<IDraftContent, 'create_pr' | 'editing'>;
  session: Pick<ISession, 'account' | 'hub' | 'token'> | null;
  /**
   * Whether a preview or a publication is being started.
   */
  isBusy: boolean;
  onPreview: () => void;
  onPublish: () => void;
  onDiscard: () => void;
  onAccount: () => void;
  trans: TranslationBundle;
}

/**
 * The buttons in the form's footer. Without the right to publish, it says why instead.
 */
export function PublishButtons(props: IPublishButtonsProps): JSX.Element {
  const { content, session, isBusy, trans } = props;
  const account = session?.account ?? null;
  const isHubDown = !!session?.token && session.hub.reachable !== true;
  return (
    <>
      {!account && (
        <p className="hnl-Field-help">
          {isHubDown
            ? trans.__(
                'The Hub is not responding, so you cannot publish now. Your draft is kept.'
              )
            : trans.__('Sign in to the Hub to publish.')}{' '}
          <button
            type="button"
            className="hnl-LinkButton"
            onClick={props.onAccount}
          >
            {isHubDown ? trans.__('Show account') : trans.__('Sign in')}
          </button>
        </p>
      )}
      {account?.may === 'read' && (
        <p className="hnl-Field-help">{account.sentence}</p>
      )}
      <div className="hnl-Form-buttons">
        <Button look="plain" isWaiting={isBusy} onClick={props.onDiscard}>
          {trans.__('Discard')}
        </Button>
        <Button isWaiting={isBusy} onClick={props.onPreview}>
          {trans.__('Preview')}
        </Button>
        {account && account.may !== 'read' && (
          <Button look="primary" isWaiting={isBusy} onClick={props.onPublish}>
            {content.create_pr
              ? trans.__('Publish as pull request')
              : content.editing
                ? trans.__('Publish the changes')
                : trans.__('Publish')}
          </Button>
        )}
      </div>
    </>
  );
}
