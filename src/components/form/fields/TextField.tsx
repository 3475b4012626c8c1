import React, { type ReactNode, useEffect, useRef } from 'react';

import type { IMemberSchema } from '../../../types/record';
import { Field } from '../../common/Field';
import { useFieldProps, useForm } from '../context';
import type { IField } from '../schema';
import { asText } from '../values';

export interface ITextFieldProps {
  pointer: string;
  schema: IMemberSchema;
  required: boolean;
  value: string;
  note?: ReactNode;
  /**
   * A button next to the control.
   */
  button?: ReactNode;
  onChange: (value: string) => void;
}

/**
 * A field for one line of text.
 */
export function TextField(props: ITextFieldProps): JSX.Element {
  const { pointer, schema, required, value, note, button, onChange } = props;
  const { readOnly } = useForm();
  const example = schema.examples?.[0];
  return (
    <Field
      {...useFieldProps(pointer)}
      label={schema.title ?? pointer}
      help={schema.description}
      example={typeof example === 'string' ? example : undefined}
      required={required}
      note={note}
    >
      {control => (
        <div className="hnl-Field-row">
          <input
            {...control}
            className="hnl-Input"
            type="text"
            autoComplete="off"
            spellCheck={false}
            value={value}
            readOnly={readOnly}
            onChange={event => onChange(event.currentTarget.value)}
          />
          {button}
        </div>
      )}
    </Field>
  );
}

/**
 * A field for several lines: Markdown, or text for programs.
 */
export function LongTextField({
  field,
  note
}: {
  field: IField;
  note?: ReactNode;
}): JSX.Element {
  const { member, schema, required } = field;
  const { values, readOnly, onMember } = useForm();
  return (
    <Field
      {...useFieldProps(`/${member}`)}
      label={schema.title ?? member}
      help={schema.description}
      required={required}
      note={note}
    >
      {control => (
        <GrowingText
          {...control}
          className={
            schema['x-widget'] === 'code'
              ? 'hnl-TextArea hnl-mod-code'
              : 'hnl-TextArea'
          }
          spellCheck={schema['x-widget'] === 'markdown'}
          value={asText(values[member])}
          readOnly={readOnly}
          onChange={event => onMember(member, event.currentTarget.value)}
        />
      )}
    </Field>
  );
}

/**
 * A text area that grows with its text, within the limits of the style sheet.
 */
export function GrowingText(
  props: React.TextareaHTMLAttributes<HTMLTextAreaElement>
): JSX.Element {
  const area = useRef<HTMLTextAreaElement>(null);
  useEffect(() => {
    const element = area.current;
    if (element && element.scrollHeight > element.clientHeight) {
      const border = element.offsetHeight - element.clientHeight;
      element.style.height = `${element.scrollHeight + border}px`;
    }
  }, [props.value]);
  return <textarea {...props} ref={area} rows={4} />;
}
