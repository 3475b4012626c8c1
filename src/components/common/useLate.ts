import { useEffect, useState } from 'react';

/**
 * Whether something has held for some time, so that nothing flickers for what is over soon.
 *
 * @param holds - Whether it holds now.
 * @param delay - For how long it has to, in milliseconds.
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
