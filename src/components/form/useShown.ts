import { type FocusEvent, useCallback, useMemo, useState } from 'react';

import type { IFieldError } from '../../types/errors';

/**
 * Which errors are shown: nothing is red before it was left, or before the user has tried to preview or
 * publish. What is still empty is shown after such a try only; a row that was added since, once it was
 * left.
 *
 * @param wasTried - Whether there was such a try.
 * @param formId - The beginning of the controls' ids; a JSON pointer follows it.
 */
export function useShown(
  wasTried: boolean,
  formId: string
): {
  isShown: (error: IFieldError) => boolean;
  onBlur: (event: FocusEvent<HTMLElement>) => void;
  /**
   * A row was added at a JSON pointer.
   */
  onAdded: (pointer: string) => void;
} {
  const [left, setLeft] = useState<ReadonlySet<string>>(new Set());
  const [added, setAdded] = useState<ReadonlySet<string>>(new Set());

  const onBlur = useCallback(
    ({ target }: FocusEvent<HTMLElement>): void => {
      if (!target.id.startsWith(`${formId}/`)) {
        return;
      }
      const pointer = target.id.slice(formId.length);
      setLeft(before => withOne(before, pointer));
      setAdded(before => {
        const rest = [...before].filter(row => !isWithin(pointer, row));
        return rest.length === before.size ? before : new Set(rest);
      });
    },
    [formId]
  );
  const onAdded = useCallback(
    (pointer: string) => setAdded(before => withOne(before, pointer)),
    []
  );
  const isShown = useMemo(
    () =>
      ({ pointer, code }: IFieldError): boolean =>
        wasTried
          ? ![...added].some(row => isWithin(pointer, row))
          : code !== 'required' &&
            [...left].some(field => isWithin(pointer, field)),
    [wasTried, left, added]
  );
  return { isShown, onBlur, onAdded };
}

function withOne(
  before: ReadonlySet<string>,
  pointer: string
): ReadonlySet<string> {
  return before.has(pointer) ? before : new Set([...before, pointer]);
}

function isWithin(pointer: string, above: string): boolean {
  return pointer === above || pointer.startsWith(`${above}/`);
}
