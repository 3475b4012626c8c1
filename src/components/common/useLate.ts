import { useEffect, useState } from 'react';

/**
 * Whether a condition has been true for some time, so that nothing flickers when it is true only
 * briefly.
 *
 * @param holds - Whether it is true now.
 * @param delay - How long it must be true, in milliseconds.
 */
export function useLate(holds: boolean, delay: number): boolean {
  const [isLate, setLate] = useState(false);
  useEffect(() => {
    if (!holds) {
      setLate(false);
      return;
    }
    const timer = setTimeout(() => setLate(true), delay);
    return () => clearTimeout(timer);
  }, [holds, delay]);
  return holds && isLate;
}
