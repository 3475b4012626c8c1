import React, { type ReactNode } from 'react';

import type { IChip } from '../../common/Chips';
import { Combobox } from '../../common/Combobox';
import { Field } from '../../common/Field';
import { sizeOf } from '../../common/sizes';
import { useTerms } from '../../common/useTerms';
import type { ITerm } from '../../../types/terms';
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
  const list = schema['x-vocabulary'] ?? schema.items?.['x-vocabulary'];
  // A list in the record, but a dataset has one size.
  const isSize = list === 'size_categories';
  const isList = kind !== 'choice';
  const multiple = isList && !isSize;
  const one = asText(values[member]);
  const chosen = isList ? asWords(values[member]) : one ? [one] : [];
  const hint = schema['x-vocabulary-hint'];
  const terms = useTerms(list ?? hint, chosen.length > 0, vocabulary);
  const severities = new Map<number, IChip['kind']>([
    ...props.warnings.map(({ pointer }) => severityAt(pointer, 'warning')),
    ...props.errors.map(({ pointer }) => severityAt(pointer, 'error'))
  ]);
  // A narrow control cuts long names off.
  const name = multiple ? '' : nameOf(terms.terms, chosen);
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
      note={
        name ? (
          <>
            {name} {note}
          </>
        ) : (
          note
        )
      }
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
          {...(isSize && { find: sizeOf })}
          onChange={ids => onMember(member, isList ? ids : ids[0])}
          trans={trans}
        />
      )}
    </Field>
  );
}

/**
 * The full name of the only chosen term, with its code.
 */
function nameOf(terms: readonly ITerm[], chosen: readonly string[]): string {
  const term = terms.find(({ id }) => chosen.length === 1 && id === chosen[0]);
  return term && term.label.toLowerCase() !== term.id.toLowerCase()
    ? `${term.label} (${term.id})`
    : '';
}

function severityAt(
  pointer: string,
  kind: IChip['kind']
): [index: number, kind: IChip['kind']] {
  return [Number(pathOf(pointer)[1] ?? -1), kind];
}
