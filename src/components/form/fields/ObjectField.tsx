import { JSONExt, type ReadonlyPartialJSONValue } from '@lumino/coreutils';
import React, { type ReactNode, useState } from 'react';

import { Field } from '../../common/Field';
import { useFieldProps, useForm } from '../context';
import type { IField } from '../schema';
import { GrowingText } from './TextField';

/**
 * An object with arbitrary members, written as JSON. Text that is not valid JSON is kept as a string,
 * so that the draft does not lose it and the validation reports it.
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
  // Keep the text as typed until the value changes elsewhere.
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
