import type { TranslationBundle } from '@jupyterlab/translation';
import React from 'react';

import type { IAccess } from '../../types/api';
import { ago } from '../common/ago';
import { type IAsked } from '../common/ResourceView';
import { Banner } from '../common/Banner';
import { Button } from '../common/Button';
import { CopyButton } from '../common/CopyButton';
import { accessRequest, accessSentence } from './accessSentence';

export interface IAccessProps {
  /**
   * What was found with the entry; null where its data has no path.
   */
  found: IAccess | null;
  /**
   * A second look.
   */
  again: IAsked<IAccess | null>;
  dataset: { title: string; path: string };
  onCopy: (text: string) => void;
  trans: TranslationBundle;
}

/**
 * Whether one can open the data, and what to do where one cannot.
 */
export function Access(props: IAccessProps): JSX.Element | null {
  const { again, dataset, trans } = props;
  const access = again.value ?? props.found;
  if (!access) {
    return null;
  }
  const request = accessRequest(access, dataset, trans);
  return (
    <Banner
      kind={access.status === 'readable' ? 'info' : 'warning'}
      actions={
        access.status !== 'readable' && (
          <>
            {request !== null && (
              <CopyButton onCopy={() => props.onCopy(request)} trans={trans}>
                {trans.__('Copy a request')}
              </CopyButton>
            )}
            <Button isWaiting={again.isBusy} onClick={() => void again.ask()}>
              {again.isBusy ? trans.__('Looking…') : trans.__('Look again')}
            </Button>
          </>
        )
      }
    >
      <span role="status">{accessSentence(access, trans)}</span>
      {access.advice && <p className="hnl-Access-advice">{access.advice}</p>}
      {access.status !== 'readable' && access.checked_at && (
        <p className="hnl-Access-when">
          {trans.__('Looked at %1.', ago(access.checked_at, trans))}
        </p>
      )}
      {request !== null && <p className="hnl-Access-request">{request}</p>}
      {again.error && <p role="alert">{again.error.detail}</p>}
    </Banner>
  );
}
