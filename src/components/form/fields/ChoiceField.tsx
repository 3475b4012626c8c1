import React, { type ReactNode } from 'react';

import type { IChip } from '../../common/Chips';
import { Combobox } from '../../common/Combobox';
import { Field } from '../../common/Field';
import { useTerms } from '../../common/useTerms';
import { useFieldProps, useForm } from '../context';
import type { IField } from '../schema';
import { asText, asWords, pathOf } from '../values';

/**
 * One term of a vocabulary, several terms, or any words.
 */
export function ChoiceField({
  field,
  note
}: {
  field: IField;
  note?: ReactNode;
}): JSX.Element {
  const { member, kind, schema, required } = field;
  const { values, readOnly, trans, vocabulary, onMember } = useForm();
  const props = useFieldProps(`/${member}`);
  const multiple = kind !== 'choice';
  const one = asText(values[member]);
  const chosen = multiple ? asWords(values[member]) : one ? [one] : [];
  const hint = schema['x-vocabulary-hint'];
  const terms = useTerms(
    schema['x-vocabulary'] ?? schema.items?.['x-vocabulary'] ?? hint,
    chosen.length > 0,
    vocabulary
  );
  const severities = new Map<number, IChip['kind']>([
    ...props.warnings.map(({ pointer }) => severityAt(pointer, 'warning')),
    ...props.errors.map(({ pointer }) => severityAt(pointer, 'error'))
  ]);
  return (
    <Field
      {...props}
      // A word that is not in the vocabulary is only marked, unless there is a suggestion.
      warnings={props.warnings.filter(
        ({ code, suggestion }) => code !== 'free_tag' || suggestion
      )}
      label={schema.title ?? member}
      help={schema.description}
      required={required}
      note={note}
    >
      {control => (
        <Combobox
          control={control}
          vocabulary={terms}
          chosen={chosen}
          multiple={multiple}
          free={kind === 'words'}
          {...(hint && { separator: ',' })}
          severities={severities}
          readOnly={readOnly}
          onChange={ids => onMember(member, multiple ? ids : ids[0])}
          trans={trans}
        />
      )}
    </Field>
  );
}

function severityAt(
  pointer: string,
  kind: IChip['kind']
): [index: number, kind: IChip['kind']] {
  return [Number(pathOf(pointer)[1] ?? -1), kind];
}
