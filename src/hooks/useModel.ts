import type { ISignal } from '@lumino/signaling';
import { useEffect, useReducer } from 'react';

/**
 * Render a component again whenever a model's state changes.
 *
 * @returns A number that is another one then.
 */
export function useModel<T>(
  model: { stateChanged: ISignal<T, void> } | null
): number {
  return useSignal(model?.stateChanged ?? null);
}

/**
 * Render a component again each time a signal is emitted.
 *
 * @returns A number that is another one then.
 */
export function useSignal<T>(signal: ISignal<T, void> | null): number {
  const [count, rerender] = useReducer((count: number) => count + 1, 0);
  useEffect(() => {
    if (!signal) {
      return;
    }
    const onChanged = (): void => rerender();
    // It may have been emitted between rendering and this effect.
    rerender();
    signal.connect(onChanged);
    return () => {
      signal.disconnect(onChanged);
    };
  }, [signal]);
  return count;
}
