import type { TranslationBundle } from '@jupyterlab/translation';
import React from 'react';

import { Button } from '../common/Button';

export interface IErrorSummaryProps {
  /**
   * How many errors there are; null before errors are shown.
   */
  count: number | null;
  onNext: () => void;
  trans: TranslationBundle;
}

/**
 * The number of errors, announced at each change, and a button that goes to the next one.
 */
export function ErrorSummary(props: IErrorSummaryProps): JSX.Element {
  const { count, trans } = props;
  return (
    <div className={`hnl-Form-summary${count ? ' hnl-mod-error' : ''}`}>
      <span role="status">
        {count === null
          ? trans.__('Fields with * are required.')
          : count === 0
            ? trans.__('No errors.')
            : trans._n('%1 error', '%1 errors', count)}
      </span>
      {!!count && (
        <Button onClick={props.onNext}>{trans.__('Next error')}</Button>
      )}
    </div>
  );
}
