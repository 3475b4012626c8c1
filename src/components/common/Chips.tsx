import { closeIcon } from '@jupyterlab/ui-components';
import type { TranslationBundle } from '@jupyterlab/translation';
import React, { useEffect, useRef, useState } from 'react';

export interface IChip {
  id: string;
  label: string;
  kind?: 'error' | 'warning' | undefined;
}

export interface IChipsProps {
  /**
   * Id of the label of the field that the chips belong to.
   */
  labelId: string;
  chips: readonly IChip[];
  readOnly: boolean;
  onRemove: (id: string) => void;
  /**
   * Called when the last chip is removed, to move the focus elsewhere.
   */
  onEmptied: () => void;
  trans: TranslationBundle;
}

/**
 * At first only the newest chips are shown, up to this many.
 */
const SHOWN_AT_ONCE = 100;

/**
 * The selected values, each with a button to remove it. The buttons are one tab stop; the arrow keys
 * move between them.
 */
export function Chips(props: IChipsProps): JSX.Element | null {
  const { readOnly, trans } = props;
  const [all, setAll] = useState(false);
  const chips = all ? props.chips : props.chips.slice(-SHOWN_AT_ONCE);
  const left = props.chips.length - chips.length;
  const list = useRef<HTMLUListElement>(null);
  const [current, setCurrent] = useState(0);
  // Set when a removal takes away the focused button.
  const moveFocus = useRef(false);
  const active = Math.min(current, chips.length - 1);

  const focus = (index: number): void => {
    setCurrent(index);
    list.current?.querySelectorAll('button')[index]?.focus();
  };
  useEffect(() => {
    if (moveFocus.current) {
      moveFocus.current = false;
      focus(active);
    }
  });
  const remove = (id: string): void => {
    if (chips.length === 1) {
      props.onEmptied();
    } else {
      moveFocus.current = true;
    }
    props.onRemove(id);
  };
  const onKeyDown = (event: React.KeyboardEvent, id: string): void => {
    const to = {
      ArrowLeft: active - 1,
      ArrowRight: active + 1,
      Home: 0,
      End: chips.length - 1
    }[event.key];
    if (to !== undefined) {
      event.preventDefault();
      focus(Math.max(0, Math.min(to, chips.length - 1)));
    } else if (event.key === 'Delete' || event.key === 'Backspace') {
      event.preventDefault();
      remove(id);
    }
  };

  return chips.length === 0 ? null : (
    <>
      {left > 0 && (
        <button
          type="button"
          className="hnl-LinkButton"
          onClick={() => setAll(true)}
        >
          {trans._n('Show %1 more', 'Show %1 more', left)}
        </button>
      )}
      <ul className="hnl-Chips" ref={list} aria-labelledby={props.labelId}>
        {chips.map(({ id, label, kind }, index) => (
          <li
            className={`hnl-Chips-item${kind ? ` hnl-mod-${kind}` : ''}`}
            key={id}
          >
            <span className="hnl-Chips-label" title={id}>
              {label}
            </span>
            {!readOnly && (
              <button
                type="button"
                className="hnl-IconButton"
                aria-label={trans.__('Remove %1', label)}
                tabIndex={index === active ? 0 : -1}
                onClick={() => remove(id)}
                onFocus={() => setCurrent(index)}
                onKeyDown={event => onKeyDown(event, id)}
              >
                <closeIcon.react tag="span" aria-hidden="true" />
              </button>
            )}
          </li>
        ))}
      </ul>
    </>
  );
}
