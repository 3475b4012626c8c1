import React, { useMemo } from 'react';

/**
 * Text as it is, however long: browsers lay out only those of its parts that are in sight.
 */
export function RawText(props: { text: string }): JSX.Element {
  const { text } = props;
  const parts = useMemo(() => partsOf(text), [text]);
  return (
    <pre className="hnl-RawText">
      {parts.map((part, index) => (
        <div className="hnl-RawText-part" key={index}>
          {part}
        </div>
      ))}
    </pre>
  );
}

/**
 * Characters of a part, at most.
 */
const PART = 4000;

/**
 * A text in parts that end with a line, where it has lines of a common length.
 */
export function partsOf(text: string): string[] {
  const parts: string[] = [];
  let start = 0;
  while (start < text.length) {
    const end = start + PART;
    const line = text.lastIndexOf('\n', end - 1) + 1;
    const stop = end >= text.length ? text.length : line > start ? line : end;
    parts.push(text.slice(start, stop));
    start = stop;
  }
  return parts;
}
