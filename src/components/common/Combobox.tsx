import { caretDownEmptyIcon } from '@jupyterlab/ui-components';
import type { TranslationBundle } from '@jupyterlab/translation';
import { useCombobox } from 'downshift';
import React, { useEffect, useMemo, useRef, useState } from 'react';

import { Chips, type IChip } from './Chips';
import type { IControlProps } from './Field';
import { type IOption, OptionList } from './OptionList';
import type { sizeOf } from './sizes';
import { exactTerm, matchingTerms } from './terms';
import type { ITerm } from '../../types/terms';
import type { ITerms } from './useTerms';

export interface IComboboxProps {
  control: IControlProps;
  vocabulary: ITerms;
  /**
   * Ids of the selected terms; at most one unless `multiple`.
   */
  chosen: readonly string[];
  multiple?: boolean;
  /**
   * Whether other values than the terms are allowed.
   */
  free?: boolean;
  /**
   * Find the term that is meant by something else than a name: a number of rows, for example.
   */
  find?: typeof sizeOf | undefined;
  /**
   * A key that ends a value, in addition to Enter and leaving the field.
   */
  separator?: string;
  /**
   * Which of the selected terms have an error or a warning, by index.
   */
  severities?: ReadonlyMap<number, IChip['kind']>;
  readOnly?: boolean;
  onChange: (chosen: string[]) => void;
  trans: TranslationBundle;
}

/**
 * A field with a list to choose from, after the ARIA pattern *combobox with a listbox*: typing
 * filters the list, the arrow keys move in it, Enter selects, Escape closes it.
 */
export function Combobox(props: IComboboxProps): JSX.Element {
  const { control, vocabulary, chosen, trans } = props;
  const { multiple = false, free = false, readOnly = false, find } = props;
  const { terms, loading, problem } = vocabulary;
  // Null while nothing is typed: the field then shows the selected term.
  const [typed, setTyped] = useState<string | null>(null);
  const input = useRef<HTMLInputElement>(null);
  const popup = useRef<HTMLDivElement>(null);
  const list = useRef<HTMLUListElement>(null);

  const labels = useMemo(
    () => new Map(terms.map(({ id, label }) => [id, label])),
    [terms]
  );
  const labelOf = (id: string): string => labels.get(id) ?? id;
  const options = useMemo(
    () =>
      optionsFor(terms, find?.(terms, typed ?? ''), typed ?? '', free, trans),
    [terms, find, typed, free, trans]
  );

  const take = (ids: readonly string[]): void => {
    setTyped(null);
    const added = ids.filter(id => id !== '' && !chosen.includes(id));
    if (added.length > 0) {
      props.onChange(multiple ? [...chosen, ...new Set(added)] : added);
    }
  };
  const drop = (id: string): void =>
    props.onChange(chosen.filter(other => other !== id));
  const wordsOf = (text: string): string[] =>
    (props.separator ? text.split(props.separator) : [text]).map(
      word => exactTerm(terms, word)?.id ?? word.trim()
    );
  const onLeave = (): void => {
    const exact = exactTerm(terms, typed ?? '') ?? find?.(terms, typed ?? '');
    if (typed !== null && free) {
      take(wordsOf(typed));
    } else if (exact) {
      take([exact.id]);
    } else if (typed === '' && !multiple) {
      props.onChange([]);
    }
    setTyped(null);
  };

  const combobox = useCombobox<IOption>({
    items: options,
    itemToString: option => option?.label ?? '',
    itemToKey: option => option?.id,
    // The owner keeps the selection, so the combobox has none itself.
    selectedItem: null,
    inputValue: typed ?? (multiple ? '' : chosen.map(labelOf).join()),
    defaultHighlightedIndex: 0,
    inputId: control.id,
    labelId: `${control.id}-label`,
    menuId: `${control.id}-list`,
    toggleButtonId: `${control.id}-toggle`,
    getItemId: index => `${control.id}-option-${index}`,
    scrollIntoView: () => undefined,
    onSelectedItemChange: ({ selectedItem }) => {
      if (!selectedItem) {
        return;
      }
      if (multiple && chosen.includes(selectedItem.id)) {
        setTyped(null);
        drop(selectedItem.id);
      } else {
        take([selectedItem.id]);
      }
    },
    stateReducer: (state, { type, changes }) => {
      const types = useCombobox.stateChangeTypes;
      if (readOnly) {
        return state;
      }
      if (type === types.InputBlur) {
        // Leaving the field selects nothing; `onLeave` handles what was typed.
        return { ...changes, selectedItem: null };
      }
      if (type === types.InputKeyDownEscape) {
        return { isOpen: false, highlightedIndex: -1 };
      }
      const takes =
        type === types.InputKeyDownEnter || type === types.ItemClick;
      if (takes && multiple) {
        const { highlightedIndex } = state;
        return { ...changes, isOpen: true, highlightedIndex };
      }
      if (changes.isOpen && !state.isOpen && typed === null && !multiple) {
        const at = options.findIndex(({ id }) => id === chosen[0]);
        return { ...changes, highlightedIndex: at };
      }
      return changes;
    }
  });
  const { isOpen, highlightedIndex } = combobox;

  useEffect(() => {
    if (!isOpen) {
      return;
    }
    // The options are measured before the next frame.
    const frame = requestAnimationFrame(() =>
      popup.current?.scrollIntoView({ block: 'nearest' })
    );
    return () => cancelAnimationFrame(frame);
  }, [isOpen, options.length]);

  const status = !isOpen
    ? ''
    : loading
      ? trans.__('Loading the list…')
      : options.length > 0
        ? trans._n('%1 choice', '%1 choices', options.length)
        : free
          ? trans.__('Type a word, then press Enter.')
          : trans.__('No match for “%1”.', typed ?? '');
  const listProps = combobox.getMenuProps({
    ref: list,
    'aria-multiselectable': multiple || undefined
  });
  return (
    <div
      className="hnl-Combobox"
      onBlur={event => {
        if (!event.currentTarget.contains(event.relatedTarget)) {
          onLeave();
        }
      }}
    >
      {multiple && (
        <Chips
          labelId={`${control.id}-label`}
          chips={chosen.map((id, index) => ({
            id,
            label: labelOf(id),
            kind: props.severities?.get(index)
          }))}
          readOnly={readOnly}
          onRemove={drop}
          onEmptied={() => input.current?.focus()}
          trans={trans}
        />
      )}
      <div className="hnl-Combobox-box">
        <input
          {...control}
          {...combobox.getInputProps({
            ref: input,
            onFocus: vocabulary.load,
            // downshift's onInputValueChange comes too late: the caret would jump.
            onChange: event => setTyped(event.currentTarget.value),
            onKeyDown: event => {
              const text = event.currentTarget.value;
              if (free && text !== '' && event.key === props.separator) {
                event.preventDefault();
                take(wordsOf(text));
              } else if (
                event.key === 'Backspace' &&
                multiple &&
                !readOnly &&
                text === '' &&
                chosen.length > 0
              ) {
                props.onChange(chosen.slice(0, -1));
              } else if (event.key === 'Escape' && !isOpen) {
                setTyped(null);
              }
            }
          })}
          className="hnl-Input"
          readOnly={readOnly}
          spellCheck={false}
        />
        {!readOnly && (
          <button
            type="button"
            {...combobox.getToggleButtonProps({
              'aria-label': trans.__('Show the list')
            })}
            className="hnl-IconButton hnl-Combobox-toggle"
          >
            <caretDownEmptyIcon.react tag="span" aria-hidden="true" />
          </button>
        )}
        <div className="hnl-Combobox-popup" ref={popup} hidden={!isOpen}>
          {isOpen ? (
            <OptionList
              options={options}
              highlighted={highlightedIndex}
              list={list}
              listProps={listProps}
              optionProps={(index, ref) =>
                combobox.getItemProps({
                  index,
                  ref,
                  'aria-selected': chosen.includes(options[index]?.id ?? '')
                })
              }
              isChosen={({ id }) => chosen.includes(id)}
            />
          ) : (
            <ul {...listProps} />
          )}
          {isOpen && options.length === 0 && !problem && (
            <p className="hnl-Combobox-empty" aria-hidden="true">
              {status}
            </p>
          )}
        </div>
      </div>
      <span className="hnl-visuallyHidden" role="status">
        {status}
      </span>
      {problem && (
        <p className="hnl-Combobox-problem">
          {trans.__('The list could not be loaded.')} {problem}{' '}
          <button
            type="button"
            className="hnl-LinkButton"
            onClick={vocabulary.load}
          >
            {trans.__('Try again')}
          </button>
        </p>
      )}
    </div>
  );
}

/**
 * The options for what is typed. If other values are allowed, the typed one comes first, so that
 * Enter selects it.
 */
function optionsFor(
  terms: ITerms['terms'],
  meant: ITerm | undefined,
  typed: string,
  free: boolean,
  trans: TranslationBundle
): IOption[] {
  const ordered = new Set(meant && [meant]);
  matchingTerms(terms, typed).forEach(term => ordered.add(term));
  const options: IOption[] = [...ordered].map(({ id, label }) => ({
    id,
    label,
    detail: id.toLowerCase() === label.toLowerCase() ? undefined : id
  }));
  const word = typed.trim();
  return free && word !== '' && !exactTerm(terms, word)
    ? [{ id: word, label: trans.__('Add “%1”', word) }, ...options]
    : options;
}
