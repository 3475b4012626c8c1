import { useEffect, useRef, useState } from 'react';

import type { IFieldError } from '../../types/errors';

/**
 * Walk from error to error.
 *
 * @param errors - In the order of the form.
 * @param reveal - Make the control at a place visible.
 * @param idOf - Id of the control at a place.
 * @returns What moves the focus to the first error, or to the one after the last visited; both
 * tell whether there is one.
 */
export function useErrorJumps(
  errors: readonly IFieldError[],
  reveal: (pointer: string) => void,
  idOf: (pointer: string) => string
): { first: () => boolean; next: () => boolean } {
  // A new object for each jump, so that jumping to the same place again works.
  const [target, setTarget] = useState<{ id: string | null }>({ id: null });
  const visited = useRef<string | null>(null);

  // After the rendering that reveals it: what is folded away takes no focus.
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
 * Id of the control at a place, or else at the nearest place above it.
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
