import type { TranslationBundle } from '@jupyterlab/translation';
import React, { type ReactNode, useEffect, useState } from 'react';

export interface ICopyButtonProps {
  onCopy: () => void;
  /**
   * Says what is copied, for screen readers.
   */
  label?: string;
  className?: string;
  children?: ReactNode;
  /**
   * Shown for a moment after a click.
   */
  copied?: ReactNode;
  trans: TranslationBundle;
}

/**
 * A button that copies something and then says so for a moment, without changing its width.
 */
export function CopyButton(props: ICopyButtonProps): JSX.Element {
  const { trans } = props;
  const [isCopied, setCopied] = useState(false);
  useEffect(() => {
    if (isCopied) {
      const timer = setTimeout(() => setCopied(false), SHOWN);
      return () => clearTimeout(timer);
    }
    return undefined;
  }, [isCopied]);
  return (
    <>
      <button
        type="button"
        className={props.className ?? 'hnl-Button'}
        aria-label={props.label}
        onClick={() => {
          props.onCopy();
          setCopied(true);
        }}
      >
        <span className="hnl-Copy">
          <span className={isCopied ? 'hnl-mod-hidden' : ''}>
            {props.children ?? trans.__('Copy')}
          </span>
          <span
            className={isCopied ? '' : 'hnl-mod-hidden'}
            aria-hidden={!isCopied}
          >
            {props.copied ?? trans.__('Copied')}
          </span>
        </span>
      </button>
      <span className="hnl-visuallyHidden" role="status">
        {isCopied ? trans.__('Copied') : ''}
      </span>
    </>
  );
}

/**
 * Milliseconds for which it says so.
 */
const SHOWN = 2000;
