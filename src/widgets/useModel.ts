import type { ISignal } from '@lumino/signaling';
import { useEffect, useReducer } from 'react';

/**
 * Draw a component anew whenever a model says that its state has changed.
 */
export function useModel<T>(
  model: { stateChanged: ISignal<T, void> } | null
): void {
  const [, redraw] = useReducer((count: number) => count + 1, 0);
  useEffect(() => {
    if (!model) {
      return;
    }
    const onChanged = (): void => redraw();
    // It may have changed between the drawing and now.
    redraw();
    model.stateChanged.connect(onChanged);
    return () => {
      model.stateChanged.disconnect(onChanged);
    };
  }, [model]);
}
