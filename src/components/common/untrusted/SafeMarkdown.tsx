import type { TranslationBundle } from '@jupyterlab/translation';
import React, { useLayoutEffect, useRef, useState } from 'react';

import type { ISafeHtml } from '../../../types/api';
import { Button } from '../Button';
import { RawText } from './RawText';
import { safeNodes } from './safeHtml';

/**
 * Markdown that other people wrote, as the server lays it out. Nothing of it goes through JupyterLab's
 * own renderers, which know commands, fetch images and draw diagrams.
 */
export function SafeMarkdown(props: {
  /**
   * The text as it was written.
   */
  text: string;
  /**
   * What of it may be shown.
   */
  shown: ISafeHtml;
  trans: TranslationBundle;
}): JSX.Element {
  const { text, shown, trans } = props;
  const [isRaw, setRaw] = useState(false);
  return (
    <div className="hnl-Card">
      {isRaw ? <RawText text={text} /> : <Shown html={shown.html} />}
      {shown.is_cut && (
        <div className="hnl-Card-cut">
          {!isRaw && (
            <p>
              {shown.html === ''
                ? trans.__('This text would take too long to format.')
                : trans.__('This text is too long to format completely.')}
            </p>
          )}
          {(!isRaw || shown.html !== '') && (
            <Button onClick={() => setRaw(!isRaw)}>
              {isRaw
                ? trans.__('Show formatted')
                : trans.__('Show as plain text')}
            </Button>
          )}
        </div>
      )}
    </div>
  );
}

function Shown(props: { html: string }): JSX.Element {
  const { html } = props;
  const host = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    host.current?.replaceChildren(safeNodes(html));
  }, [html]);
  return <div className="hnl-Card-body" ref={host} />;
}
