import { useMemo } from 'react';

/**
 * The same array as long as its items are the same, so that memoized components are not rendered
 * again for an equal one.
 */
export function useStableArray<T>(items: readonly T[]): readonly T[] {
  const key = JSON.stringify(items);
  return useMemo(() => items, [key]);
}
