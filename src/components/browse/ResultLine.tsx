import type { TranslationBundle } from '@jupyterlab/translation';
import React, { useEffect, useState } from 'react';

import { Button } from '../common/Button';

export interface IResultLineProps {
  /**
   * The words of the search; may be empty.
   */
  q: string;
  total: number;
  isForgiving: boolean;
  isCut: boolean;
  hasFilters: boolean;
  onClearFilters: () => void;
  onClearWords: () => void;
  trans: TranslationBundle;
}

/**
 * How many datasets were found. Screen readers announce it once the typing pauses.
 */
export function ResultLine(props: IResultLineProps): JSX.Element {
  const { q, total, hasFilters, trans } = props;
  const sentence = sentenceOf(props);
  return (
    <div className="hnl-Result">
      <p className="hnl-Result-count" aria-hidden="true">
        {sentence}
      </p>
      <Announcement text={sentence} />
      {props.isCut && (
        <p className="hnl-Result-note">
          {trans.__('The search is too long: only its beginning is used.')}
        </p>
      )}
      {total === 0 && (
        <div className="hnl-Result-actions">
          {hasFilters && (
            <Button onClick={props.onClearFilters}>
              {trans.__('Clear all filters')}
            </Button>
          )}
          {q !== '' && (
            <Button onClick={props.onClearWords}>
              {trans.__('Clear the search words')}
            </Button>
          )}
        </div>
      )}
    </div>
  );
}

function sentenceOf(props: IResultLineProps): string {
  const { q, total, isForgiving, hasFilters, trans } = props;
  if (total === 0) {
    if (q === '') {
      return trans.__('No dataset matches these filters.');
    }
    return hasFilters
      ? trans.__('No dataset matches “%1” and the filters.', q)
      : trans.__('No dataset matches “%1”.', q);
  }
  return isForgiving
    ? trans._n(
        'No exact match for “%3”. Showing 1 dataset with a similar spelling.',
        'No exact match for “%3”. Showing %2 datasets with a similar spelling.',
        total,
        total.toLocaleString(),
        q
      )
    : trans._n('%2 dataset', '%2 datasets', total, total.toLocaleString());
}

/**
 * A text for screen readers, announced once it has stopped changing.
 */
function Announcement({ text }: { text: string }): JSX.Element {
  const [announced, setAnnounced] = useState('');
  useEffect(() => {
    const timer = setTimeout(() => setAnnounced(text), SETTLED);
    return () => clearTimeout(timer);
  }, [text]);
  return (
    <span className="hnl-visuallyHidden" role="status">
      {announced}
    </span>
  );
}

/**
 * Milliseconds without a change.
 */
const SETTLED = 700;
