import React, { type ReactNode } from 'react';

import { Checkbox } from '../../common/Checkbox';
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
