import React, { type ReactNode } from 'react';

import type { ISpan } from '../../types/api';

export interface IMarkedProps {
  text: string;
  /**
   * The parts that met the query, in their order.
   */
  marks?: readonly ISpan[] | undefined;
}

/**
 * A text in which what met the query is marked.
 */
export function Marked({ text, marks = [] }: IMarkedProps): JSX.Element {
  const parts: ReactNode[] = [];
  let at = 0;
  for (const [start = 0, end = 0] of marks) {
    if (start >= at && end > start) {
      parts.push(
        text.slice(at, start),
        <mark key={start} className="hnl-Mark">
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
