import { ellipsesIcon } from '@jupyterlab/ui-components';
import type { ReadonlyPartialJSONObject } from '@lumino/coreutils';
import React, { type ReactNode, useState } from 'react';

import type { IMemberSchema } from '../../../types/record';
import { FieldErrors } from '../../common/FieldErrors';
import { useFieldProps, useForm } from '../context';
import { asText } from '../values';

export interface IAuthorRowProps {
  /**
   * JSON pointer of the row.
   */
  pointer: string;
  label: string;
  /**
   * What the button is called that shows all but the first cell.
   */
  details: string;
  cells: readonly [name: string, schema: IMemberSchema][];
  required: readonly string[];
  values: ReadonlyPartialJSONObject;
  onChange: (name: string, value: string) => void;
  /**
   * The buttons that move and remove it.
   */
  children: ReactNode;
}

/**
 * One author on one line. Where it is narrow, the line has the name alone, and the rest is unfolded.
 */
export function AuthorRow(props: IAuthorRowProps): JSX.Element {
  const { pointer, cells, required, values, onChange } = props;
  const { readOnly } = useForm();
  const { id, errors } = useFieldProps(pointer);
  const [isOpen, setOpen] = useState(false);
  const [main] = cells[0] ?? [''];
  const isFaulty = errors.some(error => error.pointer !== `${pointer}/${main}`);
  const isUnfolded = isOpen || isFaulty;
  const isFilled = cells.slice(1).some(([name]) => asText(values[name]));
  return (
    <li className={`hnl-Authors-row${isUnfolded ? ' hnl-mod-open' : ''}`}>
      <div
        className="hnl-Authors-cells"
        role="group"
        aria-label={props.label}
        id={`${id}-cells`}
      >
        {cells.map(([name, schema]) => (
          <Cell
            key={name}
            pointer={`${pointer}/${name}`}
            schema={schema}
            required={required.includes(name)}
            value={asText(values[name])}
            onChange={value => onChange(name, value)}
          />
        ))}
      </div>
      <div className="hnl-Authors-buttons">
        {cells.length > 1 && (
          <button
            type="button"
            className={`hnl-IconButton hnl-Authors-more${
              isFilled ? ' hnl-mod-filled' : ''
            }`}
            aria-label={props.details}
            title={props.details}
            aria-expanded={isUnfolded}
            aria-controls={`${id}-cells`}
            onClick={() => setOpen(!isOpen)}
          >
            <ellipsesIcon.react tag="span" aria-hidden="true" />
          </button>
        )}
        {!readOnly && props.children}
      </div>
    </li>
  );
}

/**
 * One cell, whose label stands in it while it is empty.
 */
function Cell(props: {
  pointer: string;
  schema: IMemberSchema;
  required: boolean;
  value: string;
  onChange: (value: string) => void;
}): JSX.Element {
  const { schema, required, value } = props;
  const { readOnly } = useForm();
  const { id, errors, ...rest } = useFieldProps(props.pointer);
  const title = schema.title ?? props.pointer;
  const findings = [...errors, ...rest.warnings];
  return (
    <div className="hnl-Authors-cell">
      <label className="hnl-visuallyHidden" htmlFor={id}>
        {title}
      </label>
      <input
        id={id}
        className="hnl-Input"
        type="text"
        autoComplete="off"
        spellCheck={false}
        placeholder={title}
        title={schema.description}
        value={value}
        readOnly={readOnly}
        aria-describedby={`${id}-help ${id}-errors`}
        aria-invalid={errors.length > 0 || undefined}
        aria-required={required || undefined}
        onChange={event => props.onChange(event.currentTarget.value)}
      />
      <span className="hnl-visuallyHidden" id={`${id}-help`}>
        {schema.description}
      </span>
      <div hidden={findings.length === 0}>
        <FieldErrors id={`${id}-errors`} errors={errors} {...rest} />
      </div>
    </div>
  );
}
