import type { TranslationBundle } from '@jupyterlab/translation';
import React from 'react';

import type { CatalogError } from '../../types/errors';
import { Button } from '../common/Button';

export interface IServerProblemProps {
  /**
   * Why the server does not answer; null if it has another version.
   */
  error: CatalogError | null;
  version: string;
  serverVersion: string | null;
  onRetry: () => void;
  trans: TranslationBundle;
}

/**
 * Shown in place of the panel while the server extension is missing, does not answer, or has another
 * version.
 */
export function ServerProblem(props: IServerProblemProps): JSX.Element {
  const { error, version, serverVersion, onRetry, trans } = props;
  return (
    <div className="hnl-Message" role="alert">
      <h3 className="hnl-Message-title">{titleOf(error, trans)}</h3>
      {error?.code === 'no_extension' ? (
        <>
          <p>
            {trans.__(
              'This panel needs the Python package huggingnersc_lab where Jupyter Server runs. Install it there and restart the server:'
            )}
          </p>
          <pre className="hnl-Message-code">{INSTALL}</pre>
        </>
      ) : error ? (
        <p>{error.detail}</p>
      ) : (
        <p>
          {trans.__(
            'This page has version %1, the server extension has version %2. Restart Jupyter Server and reload this page, so that they match.',
            version,
            serverVersion ?? '?'
          )}
        </p>
      )}
      <Button onClick={onRetry}>{trans.__('Try again')}</Button>
    </div>
  );
}

/**
 * Not translated, since it is a command.
 */
const INSTALL = 'pip install huggingnersc_lab';

function titleOf(error: CatalogError | null, trans: TranslationBundle): string {
  if (!error) {
    return trans.__('The versions do not match');
  }
  if (error.code === 'no_extension') {
    return trans.__('The server extension is missing');
  }
  return error.code === 'no_connection'
    ? trans.__('The Jupyter server is not responding')
    : trans.__('The server extension cannot be used');
}
