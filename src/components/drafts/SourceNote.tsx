import type { TranslationBundle } from '@jupyterlab/translation';
import { JSONExt, type ReadonlyPartialJSONValue } from '@lumino/coreutils';
import React, { useState } from 'react';

import type { ISuggestedValue } from '../../types/api';

export interface ISourceNoteProps {
  /**
   * The files that the field's value is from; null if nothing filled it in.
   */
  source: string | null;
  value: ReadonlyPartialJSONValue | undefined;
  choices: readonly ISuggestedValue[];
  /**
   * Called with the value to take, or null to empty the field.
   */
  onChoose: (choice: ISuggestedValue | null) => void;
  trans: TranslationBundle;
}

/**
 * Where the value of a field is from, the passage that says so, and what other files say instead.
 */
export function SourceNote(props: ISourceNoteProps): JSX.Element {
  const { source, value, choices, onChoose, trans } = props;
  const [isOpen, setOpen] = useState(false);
  const isIt = (choice: ISuggestedValue): boolean =>
    source !== null &&
    (choice.path !== undefined ||
      JSONExt.deepEqual(
        choice.value as ReadonlyPartialJSONValue,
        value ?? null
      )) &&
    filesOf(choice) === source;
  const current = choices.find(isIt);
  return (
    <span className="hnl-SourceNote">
      {source !== null && (
        <>
          <button
            type="button"
            className="hnl-LinkButton"
            aria-expanded={current ? isOpen : undefined}
            disabled={!current}
            onClick={() => setOpen(!isOpen)}
          >
            {trans.__('From %1', source)}
          </button>{' '}
          <button
            type="button"
            className="hnl-LinkButton"
            onClick={() => onChoose(null)}
          >
            {trans.__('Clear')}
          </button>
        </>
      )}
      {isOpen &&
        current?.origins.map(({ file, passage }) => (
          <q key={file} className="hnl-SourceNote-passage">
            {passage}
          </q>
        ))}
      {choices
        .filter(choice => !isIt(choice))
        .map((choice, index) => (
          <span key={index} className="hnl-SourceNote-other">
            {trans.__('%1 says: %2', filesOf(choice), textOf(choice.value))}{' '}
            <button
              type="button"
              className="hnl-LinkButton"
              onClick={() => onChoose(choice)}
            >
              {trans.__('Use')}
            </button>
          </span>
        ))}
    </span>
  );
}

function filesOf({ origins }: ISuggestedValue): string {
  return origins.map(({ file }) => file).join(', ');
}

/**
 * A suggested value in a few words.
 */
function textOf(value: unknown): string {
  const text = Array.isArray(value)
    ? value.map(nameOf).join(', ')
    : nameOf(value);
  return text.length > MAX_TEXT ? `${text.slice(0, MAX_TEXT - 1)}…` : text;
}

function nameOf(value: unknown): string {
  if (typeof value !== 'object' || value === null) {
    return String(value);
  }
  const { name, funder } = value as Record<string, unknown>;
  return String(name ?? funder ?? JSON.stringify(value));
}

const MAX_TEXT = 120;
