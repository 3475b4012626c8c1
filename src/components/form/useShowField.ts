import { useEffect, useState } from 'react';

/**
 * Scroll to a field and mark it for a moment, without moving the focus.
 *
 * @param reveal - Expands the section with the control for a JSON pointer.
 * @param idOf - Id of the control for a JSON pointer.
 */
export function useShowField(
  reveal: (pointer: string) => void,
  idOf: (pointer: string) => string
): (pointer: string) => void {
  // A new object each time, so that the same field can be shown again.
  const [target, setTarget] = useState<{ id: string } | null>(null);

  // After the section is expanded.
  useEffect(() => {
    const field =
      target && document.getElementById(target.id)?.closest('.hnl-Field');
    if (!field) {
      return;
    }
    field.scrollIntoView({ block: 'center' });
    field.classList.add('hnl-mod-shown');
    const unmark = (): void => field.classList.remove('hnl-mod-shown');
    const timer = setTimeout(unmark, MARKED);
    return () => {
      clearTimeout(timer);
      unmark();
    };
  }, [target]);

  return pointer => {
    reveal(pointer);
    setTarget({ id: idOf(pointer) });
  };
}

/**
 * Milliseconds for which the field is marked.
 */
const MARKED = 2000;
