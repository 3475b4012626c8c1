import type { TranslationBundle } from '@jupyterlab/translation';
import React, { useEffect, useState } from 'react';

import { Button } from '../common/Button';

export interface IResultLineProps {
  /**
   * What was searched for; empty for no words.
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
 * How many were found. It is read out once the typing has paused.
 */
export function ResultLine(props: IResultLineProps): JSX.Element {
  const { q, total, hasFilters, trans } = props;
  const sentence = sentenceOf(props);
  return (
    <div className="hnl-Result">
      <p className="hnl-Result-count" aria-hidden="true">
        {sentence}
      </p>
      <Said text={sentence} />
      {props.isCut && (
        <p className="hnl-Result-note">
          {trans.__('Only the beginning of what you typed is searched for.')}
        </p>
      )}
      {total === 0 && (
        <div className="hnl-Result-actions">
          {hasFilters && (
            <Button onClick={props.onClearFilters}>
              {trans.__('Clear the filters')}
            </Button>
          )}
          {q !== '' && (
            <Button onClick={props.onClearWords}>
              {trans.__('Clear the words')}
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
      return trans.__('No dataset fits these filters.');
    }
    return hasFilters
      ? trans.__('No dataset fits “%1” and the filters.', q)
      : trans.__('No dataset fits “%1”.', q);
  }
  return isForgiving
    ? trans._n(
        'Nothing has “%3” in it. This is a letter off.',
        'Nothing has “%3” in it. These %2 are a letter off.',
        total,
        total.toLocaleString(),
        q
      )
    : trans._n('%2 dataset', '%2 datasets', total, total.toLocaleString());
}

/**
 * A text for screen readers that waits until it stands still.
 */
function Said({ text }: { text: string }): JSX.Element {
  const [said, setSaid] = useState('');
  useEffect(() => {
    const timer = setTimeout(() => setSaid(text), SETTLED);
    return () => clearTimeout(timer);
  }, [text]);
  return (
    <span className="hnl-visuallyHidden" role="status">
      {said}
    </span>
  );
}

const SETTLED = 700;
