import type { TranslationBundle } from '@jupyterlab/translation';
import React from 'react';

import type { IAccess } from '../../types/api';
import type { IAsyncResource } from '../../types/asyncResource';
import { ago } from '../common/ago';
import { Banner } from '../common/Banner';
import { Button } from '../common/Button';
import { CopyButton } from '../common/CopyButton';
import { accessRequest, accessSentence } from '../common/accessSentence';

export interface IAccessBannerProps {
  /**
   * The result that came with the entry; null if its data has no path.
   */
  access: IAccess | null;
  /**
   * A new check, whose result replaces it.
   */
  check: IAsyncResource<IAccess | null>;
  dataset: { title: string; path: string };
  onCopy: (text: string) => void;
  trans: TranslationBundle;
}

/**
 * Whether the user can open the data, and what to do if not.
 */
export function AccessBanner(props: IAccessBannerProps): JSX.Element | null {
  const { check, dataset, trans } = props;
  const access = check.value ?? props.access;
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
                {trans.__('Copy request')}
              </CopyButton>
            )}
            <Button
              isWaiting={check.isLoading}
              onClick={() => void check.load()}
            >
              {check.isLoading
                ? trans.__('Checking…')
                : trans.__('Check again')}
            </Button>
          </>
        )
      }
    >
      <span role="status">{accessSentence(access, trans)}</span>
      {access.advice && <p className="hnl-Access-advice">{access.advice}</p>}
      {access.status !== 'readable' && access.checked_at && (
        <p className="hnl-Access-when">
          {trans.__('Checked %1.', ago(access.checked_at, trans))}
        </p>
      )}
      {request !== null && <p className="hnl-Access-request">{request}</p>}
      {check.error && <p role="alert">{check.error.detail}</p>}
    </Banner>
  );
}
