import { useEffect, useRef, useState } from 'react';

import type { IFieldError } from '../../types/errors';

/**
 * Move the focus from error to error.
 *
 * @param errors - In the order of the form.
 * @param reveal - Expands the section with the control for a JSON pointer.
 * @param idOf - Id of the control for a JSON pointer.
 * @returns Functions that focus the first error, or the one after the last; both return whether there
 * is one.
 */
export function useErrorJumps(
  errors: readonly IFieldError[],
  reveal: (pointer: string) => void,
  idOf: (pointer: string) => string
): { first: () => boolean; next: () => boolean } {
  // A new object for each jump, so that jumping to the same place again works.
  const [target, setTarget] = useState<{ id: string | null }>({ id: null });
  const visited = useRef<string | null>(null);

  // After the section is expanded: a hidden control cannot be focused.
  useEffect(() => {
    if (target.id !== null) {
      document.getElementById(target.id)?.focus();
    }
  }, [target]);

  const jump = (index: number): boolean => {
    const error = errors[index % errors.length];
    if (!error) {
      return false;
    }
    visited.current = error.pointer;
    reveal(error.pointer);
    setTarget({ id: nearestId(error.pointer, idOf) });
    return true;
  };
  return {
    first: () => jump(0),
    next: () =>
      jump(1 + errors.findIndex(({ pointer }) => pointer === visited.current))
  };
}

/**
 * Id of the control for a JSON pointer, or else of the nearest one above it.
 */
function nearestId(
  pointer: string,
  idOf: (pointer: string) => string
): string | null {
  for (
    let end = pointer.length;
    end > 0;
    end = pointer.lastIndexOf('/', end - 1)
  ) {
    const id = idOf(pointer.slice(0, end));
    if (document.getElementById(id)) {
      return id;
    }
  }
  return null;
}
