import { JSONExt, type ReadonlyPartialJSONValue } from '@lumino/coreutils';
import React, { type ReactNode, useState } from 'react';

import { Field } from '../../common/Field';
import { useFieldProps, useForm } from '../context';
import type { IField } from '../schema';
import { GrowingText } from './TextField';

/**
 * An object whose members are nobody's to foresee, written as JSON. What is no JSON yet is kept as
 * the text that it is, so that a draft loses nothing and the checks find it.
 */
export function ObjectField({
  field,
  note
}: {
  field: IField;
  note?: ReactNode;
}): JSX.Element {
  const { member, schema, required } = field;
  const { values, readOnly, trans, onMember } = useForm();
  const value = values[member];
  const [typed, setTyped] = useState('');
  // What was typed stays as it was typed, until the value comes from elsewhere.
  const text = JSONExt.deepEqual(read(typed) ?? null, value ?? null)
    ? typed
    : write(value);
  return (
    <Field
      {...useFieldProps(`/${member}`)}
      label={schema.title ?? member}
      help={schema.description}
      example={trans.__('%1, as JSON', '{"annotations_count": 150}')}
      required={required}
      note={note}
    >
      {control => (
        <GrowingText
          {...control}
          className="hnl-TextArea hnl-mod-code"
          spellCheck={false}
          value={text}
          readOnly={readOnly}
          onChange={event => {
            setTyped(event.currentTarget.value);
            onMember(member, read(event.currentTarget.value));
          }}
        />
      )}
    </Field>
  );
}

function read(text: string): ReadonlyPartialJSONValue | undefined {
  try {
    return text.trim() === '' ? undefined : JSON.parse(text);
  } catch {
    return text;
  }
}

function write(value: ReadonlyPartialJSONValue | undefined): string {
  if (value === undefined) {
    return '';
  }
  return typeof value === 'string' ? value : JSON.stringify(value, null, 2);
}
