import type { TranslationBundle } from '@jupyterlab/translation';
import {
  addIcon,
  deleteIcon,
  type LabIcon,
  moveDownIcon,
  moveUpIcon
} from '@jupyterlab/ui-components';
import type { ReadonlyPartialJSONObject } from '@lumino/coreutils';
import React, { type ReactNode, useEffect, useRef } from 'react';

import type { IFieldError } from '../../../types/errors';
import { Button } from '../../common/Button';
import { Field } from '../../common/Field';
import { useFieldProps, useForm } from '../context';
import type { IField } from '../schema';
import { pathOf, withMember } from '../values';
import { AuthorRow } from './AuthorRow';

/**
 * Objects in an order, each on a line with the fields that the schema gives one: authors, awards.
 */
export function AuthorsField({
  field,
  note
}: {
  field: IField;
  note?: ReactNode;
}): JSX.Element {
  const { member, schema, required } = field;
  const { values, readOnly, trans, idOf, onAdded, onMember } = useForm();
  const pointer = `/${member}`;
  const props = useFieldProps(pointer);
  const authors = objectsOf(values[member]);
  const words = wordsFor(member, trans);
  const cells = Object.entries(schema.items?.properties ?? {});
  const isElsewhere = (finding: IFieldError): boolean =>
    !cells.some(([name]) => name === pathOf(finding.pointer)[2]);

  // Id of the element to focus after the rows have changed.
  const next = useRef<string | null>(null);
  useEffect(() => {
    if (next.current) {
      document.getElementById(next.current)?.focus();
      next.current = null;
    }
  });
  const buttonId = (action: string, index: number): string =>
    `${idOf(`${pointer}/${index}`)}-${action}`;

  const edit = (index: number, name: string, value: string): void =>
    onMember(
      member,
      authors.map((author, at) =>
        at === index ? withMember(author, name, value) : author
      )
    );
  const move = (from: number, to: number): void => {
    const moved = [...authors];
    moved.splice(to, 0, ...moved.splice(from, 1));
    // At an end of the list the button that was clicked is disabled, so focus the other one.
    const up = to === authors.length - 1 || (to > 0 && to < from);
    next.current = buttonId(up ? 'up' : 'down', to);
    onMember(member, moved);
  };
  const remove = (index: number): void => {
    const left = authors.filter((_, at) => at !== index);
    next.current =
      left.length > 0
        ? buttonId('remove', Math.min(index, left.length - 1))
        : props.id;
    onMember(member, left);
  };
  const add = (): void => {
    next.current = idOf(`${pointer}/${authors.length}/${cells[0]?.[0]}`);
    onAdded(`${pointer}/${authors.length}`);
    onMember(member, [...authors, {}]);
  };

  return (
    <Field
      {...props}
      errors={props.errors.filter(isElsewhere)}
      warnings={props.warnings.filter(isElsewhere)}
      label={schema.title ?? member}
      help={schema.description}
      required={required}
      note={note}
      group
    >
      {({ id }) => (
        <>
          <ol className="hnl-Authors">
            {authors.map((author, index) => (
              <AuthorRow
                key={index}
                pointer={`${pointer}/${index}`}
                label={words.row(index + 1)}
                details={words.details(index + 1)}
                cells={cells}
                required={schema.items?.required ?? []}
                values={author}
                onChange={(name, value) => edit(index, name, value)}
              >
                <RowButton
                  id={buttonId('up', index)}
                  icon={moveUpIcon}
                  label={words.up(index + 1)}
                  disabled={index === 0}
                  onClick={() => move(index, index - 1)}
                />
                <RowButton
                  id={buttonId('down', index)}
                  icon={moveDownIcon}
                  label={words.down(index + 1)}
                  disabled={index === authors.length - 1}
                  onClick={() => move(index, index + 1)}
                />
                <RowButton
                  id={buttonId('remove', index)}
                  icon={deleteIcon}
                  label={words.remove(index + 1)}
                  onClick={() => remove(index)}
                />
              </AuthorRow>
            ))}
          </ol>
          {!readOnly && (
            <Button id={id} onClick={add}>
              <addIcon.react tag="span" aria-hidden="true" />
              {words.add}
            </Button>
          )}
        </>
      )}
    </Field>
  );
}

interface IWords {
  add: string;
  row: (number: number) => string;
  /**
   * What the button is called that shows all but the first cell of a row.
   */
  details: (number: number) => string;
  up: (number: number) => string;
  down: (number: number) => string;
  remove: (number: number) => string;
}

/**
 * What the rows of a member are called.
 */
function wordsFor(member: string, trans: TranslationBundle): IWords {
  return member === 'authors'
    ? {
        add: trans.__('Add an author'),
        row: number => trans.__('Author %1', number),
        details: number =>
          trans.__('ORCID iD and affiliation of author %1', number),
        up: number => trans.__('Move author %1 up', number),
        down: number => trans.__('Move author %1 down', number),
        remove: number => trans.__('Remove author %1', number)
      }
    : {
        add: trans.__('Add a row'),
        row: number => trans.__('Row %1', number),
        details: number => trans.__('Details of row %1', number),
        up: number => trans.__('Move row %1 up', number),
        down: number => trans.__('Move row %1 down', number),
        remove: number => trans.__('Remove row %1', number)
      };
}

function RowButton(props: {
  id: string;
  icon: LabIcon;
  label: string;
  disabled?: boolean;
  onClick: () => void;
}): JSX.Element {
  return (
    <button
      type="button"
      className="hnl-IconButton"
      id={props.id}
      aria-label={props.label}
      title={props.label}
      disabled={props.disabled}
      onClick={props.onClick}
    >
      <props.icon.react tag="span" aria-hidden="true" />
    </button>
  );
}

function objectsOf(value: unknown): ReadonlyPartialJSONObject[] {
  return Array.isArray(value)
    ? value.map(row => (typeof row === 'object' && row !== null ? row : {}))
    : [];
}
