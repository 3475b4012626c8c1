import { useRef, useState } from 'react';

import type { Values } from './types';

/**
 * The values of the form, with what was typed since the owner gave them. The owner may answer
 * after the next frame: an input that waited for it would lose its caret.
 *
 * @returns The values, and how to change them; the change is given the newest ones.
 */
export function useTypedValues(
  given: Values,
  onChange: (values: Values) => void
): [values: Values, change: (edit: (values: Values) => Values) => void] {
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
