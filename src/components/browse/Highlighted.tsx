import React, { type ReactNode } from 'react';

import type { ISpan } from '../../types/api';

export interface IHighlightedProps {
  text: string;
  /**
   * The parts that match the search, in order: start and end, in UTF-16 code units.
   */
  highlights?: readonly ISpan[] | undefined;
}

/**
 * A text whose matches with the search are highlighted.
 */
export function Highlighted(props: IHighlightedProps): JSX.Element {
  const { text, highlights = [] } = props;
  const parts: ReactNode[] = [];
  let at = 0;
  for (const [start = 0, end = 0] of highlights) {
    if (start >= at && end > start) {
      parts.push(
        text.slice(at, start),
        <mark key={start} className="hnl-Highlight">
          {text.slice(start, end)}
        </mark>
      );
      at = end;
    }
  }
  return (
    <>
      {parts}
      {text.slice(at)}
    </>
  );
}
