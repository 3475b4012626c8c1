import type { TranslationBundle } from '@jupyterlab/translation';
import { closeIcon, infoIcon } from '@jupyterlab/ui-components';
import React, { type KeyboardEvent, useId, useRef, useState } from 'react';

import { PREFIXES } from '../../types/facets';

export interface ISearchFieldProps {
  value: string;
  onChange: (value: string) => void;
  /**
   * Called when the arrow key leaves the field for the list.
   */
  onDown: () => void;
  trans: TranslationBundle;
}

/**
 * The search field, with help on what can be typed into it.
 */
export function SearchField(props: ISearchFieldProps): JSX.Element {
  const { value, onChange, trans } = props;
  const id = useId();
  const input = useRef<HTMLInputElement>(null);
  const [hasHelp, setHelp] = useState(false);
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key === 'Escape' && value !== '') {
      event.preventDefault();
      onChange('');
    } else if (event.key === 'ArrowDown') {
      event.preventDefault();
      props.onDown();
    }
  };
  const help = useRef<HTMLButtonElement>(null);
  // Wherever the focus is in here, the help goes first.
  const onKeyInAll = (event: KeyboardEvent): void => {
    if (event.key === 'Escape' && hasHelp) {
      event.preventDefault();
      event.stopPropagation();
      setHelp(false);
      help.current?.focus();
    }
  };
  return (
    <div className="hnl-Search" role="search" onKeyDownCapture={onKeyInAll}>
      <label className="hnl-visuallyHidden" htmlFor={id}>
        {trans.__('Search datasets')}
      </label>
      <div className="hnl-Search-box">
        <input
          ref={input}
          id={id}
          className="hnl-Input"
          type="search"
          autoComplete="off"
          spellCheck={false}
          placeholder={trans.__('Search…')}
          value={value}
          onChange={event => onChange(event.currentTarget.value)}
          onKeyDown={onKeyDown}
        />
        {value !== '' && (
          <button
            type="button"
            className="hnl-IconButton hnl-Search-clear"
            title={trans.__('Clear the search')}
            aria-label={trans.__('Clear the search')}
            onClick={() => {
              onChange('');
              input.current?.focus();
            }}
          >
            <closeIcon.react tag="span" aria-hidden="true" />
          </button>
        )}
      </div>
      <button
        type="button"
        ref={help}
        className="hnl-IconButton"
        title={trans.__('Search help')}
        aria-label={trans.__('Search help')}
        aria-expanded={hasHelp}
        aria-controls={`${id}-help`}
        onClick={() => setHelp(!hasHelp)}
      >
        <infoIcon.react tag="span" aria-hidden="true" />
      </button>
      <div className="hnl-Search-help" id={`${id}-help`} hidden={!hasHelp}>
        {hasHelp && <Grammar trans={trans} />}
      </div>
    </div>
  );
}

function Grammar({ trans }: { trans: TranslationBundle }): JSX.Element {
  const others = PREFIXES.filter(prefix => !SHOWN.includes(prefix));
  const lines: [example: string, meaning: string][] = [
    ['dark matter', trans.__('Both words; the last one may be incomplete')],
    ['"dark matter"', trans.__('This exact phrase')],
    ['-draft', trans.__('Without this word; also -tag:…')],
    ['tag:cosmology', trans.__('With this tag')],
    ['format:hdf5', trans.__('Files of this format')],
    ['size:>1TB', trans.__('Size of the data; also <, <=, >=')],
    ['by:curie', trans.__('By this author')],
    [
      'license:mit',
      trans.__('Also %1', others.map(prefix => `${prefix}:`).join(', '))
    ]
  ];
  return (
    <dl className="hnl-Search-grammar">
      {lines.map(([example, meaning]) => (
        <div key={example}>
          <dt>{example}</dt>
          <dd>{meaning}</dd>
        </div>
      ))}
    </dl>
  );
}

/**
 * The fields that the help explains by an example.
 */
const SHOWN: readonly string[] = ['tag', 'format', 'size', 'by', 'license'];
