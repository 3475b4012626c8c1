import type { ISignal } from '@lumino/signaling';
import { useEffect, useReducer } from 'react';

/**
 * Draw a component anew whenever a model says that its state has changed.
 *
 * @returns What is another number then.
 */
export function useModel<T>(
  model: { stateChanged: ISignal<T, void> } | null
): number {
  return useSignal(model?.stateChanged ?? null);
}

/**
 * Draw a component anew at each signal.
 *
 * @returns What is another number then.
 */
export function useSignal<T>(signal: ISignal<T, void> | null): number {
  const [count, redraw] = useReducer((count: number) => count + 1, 0);
  useEffect(() => {
    if (!signal) {
      return;
    }
    const onChanged = (): void => redraw();
    // It may have been sent between the drawing and now.
    redraw();
    signal.connect(onChanged);
    return () => {
      signal.disconnect(onChanged);
    };
  }, [signal]);
  return count;
}
