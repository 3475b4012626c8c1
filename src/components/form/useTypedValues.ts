import { useRef, useState } from 'react';

import type { RecordValues } from '../../types/record';

/**
 * The values of the form, including what was typed since the owner passed them. The owner may render
 * only after the next frame; an input that waited for it would lose its caret.
 *
 * @returns The values and a function to change them, which is passed the latest ones.
 */
export function useTypedValues(
  given: RecordValues,
  onChange: (values: RecordValues) => void
): [
  values: RecordValues,
  change: (edit: (values: RecordValues) => RecordValues) => void
] {
  const [typed, setTyped] = useState({ since: given, values: given });
  const values = typed.since === given ? typed.values : given;
  const newest = useRef(values);
  newest.current = values;
  return [
    values,
    edit => {
      newest.current = edit(newest.current);
      setTyped({ since: given, values: newest.current });
      onChange(newest.current);
    }
  ];
}
