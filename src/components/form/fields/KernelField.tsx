import { caretDownEmptyIcon } from '@jupyterlab/ui-components';
import React, { type ReactNode } from 'react';

import type { IKernel } from '../../../types/kernel';
import { Field } from '../../common/Field';
import { useFieldProps, useForm } from '../context';
import type { IField } from '../schema';
import { asText } from '../values';

/**
 * One of the kernels of this Jupyter server.
 */
export function KernelField({
  field,
  kernels,
  note
}: {
  field: IField;
  kernels: readonly IKernel[];
  note?: ReactNode;
}): JSX.Element {
  const { member, schema, required } = field;
  const { values, readOnly, trans, onMember } = useForm();
  const value = asText(values[member]);
  const missing = value !== '' && !kernels.some(({ name }) => name === value);
  return (
    <Field
      {...useFieldProps(`/${member}`)}
      label={schema.title ?? member}
      help={schema.description}
      required={required}
      note={note}
    >
      {control => (
        <div className="hnl-Select">
          <select
            {...control}
            className="hnl-Input"
            value={value}
            disabled={readOnly}
            onChange={event => onMember(member, event.currentTarget.value)}
          >
            <option value="">{trans.__("The centre's default")}</option>
            {missing && (
              <option value={value}>
                {trans.__('%1 (not on this server)', value)}
              </option>
            )}
            {kernels.map(({ name, display_name }) => (
              <option key={name} value={name}>
                {display_name}
              </option>
            ))}
          </select>
          <caretDownEmptyIcon.react tag="span" aria-hidden="true" />
        </div>
      )}
    </Field>
  );
}
