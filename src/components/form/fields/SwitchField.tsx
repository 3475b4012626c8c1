import React, { type ReactNode } from 'react';

import { FieldErrors } from '../../common/FieldErrors';
import { useFieldProps, useForm } from '../context';
import type { IField } from '../schema';

/**
 * A yes-or-no field.
 */
export function SwitchField({
  field,
  note
}: {
  field: IField;
  note?: ReactNode;
}): JSX.Element {
  const { member, schema } = field;
  const { values, readOnly, onMember } = useForm();
  const props = useFieldProps(`/${member}`);
  return (
    <div className="hnl-Field">
      <Checkbox
        id={props.id}
        label={schema.title ?? member}
        help={schema.description}
        checked={values[member] === true}
        disabled={readOnly}
        errorsId={`${props.id}-errors`}
        onChange={checked => onMember(member, checked)}
      />
      {note && <div className="hnl-Field-note">{note}</div>}
      <FieldErrors {...props} id={`${props.id}-errors`} />
    </div>
  );
}

export interface ICheckboxProps {
  id: string;
  label: string;
  help?: string | undefined;
  checked: boolean;
  disabled?: boolean;
  errorsId?: string;
  onChange: (checked: boolean) => void;
}

/**
 * A checkbox with a label and help.
 */
export function Checkbox(props: ICheckboxProps): JSX.Element {
  const { id } = props;
  return (
    <div className="hnl-Checkbox">
      <input
        type="checkbox"
        id={id}
        aria-describedby={`${id}-help ${props.errorsId ?? ''}`.trim()}
        checked={props.checked}
        disabled={props.disabled}
        onChange={event => props.onChange(event.currentTarget.checked)}
      />
      <label className="hnl-Field-label" htmlFor={id}>
        {props.label}
      </label>
      <div className="hnl-Field-help" id={`${id}-help`}>
        {props.help}
      </div>
    </div>
  );
}
