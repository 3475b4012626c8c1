import type { INotebookTracker, NotebookPanel } from '@jupyterlab/notebook';
import { Signal } from '@lumino/signaling';
import { act, renderHook } from '@testing-library/react';

import { workbenchOver } from '../../models/__tests__/workbenchOver';
import { useHasNotebook } from '../useHasNotebook';

describe('useHasNotebook', () => {
  it('follows the active notebook', () => {
    const notebooks = { currentWidget: null as NotebookPanel | null };
    const currentChanged = new Signal<object, void>(notebooks);
    Object.assign(notebooks, { currentChanged });
    const { workbench } = workbenchOver(
      {},
      { notebooks: notebooks as unknown as INotebookTracker }
    );
    const { result, unmount } = renderHook(() => useHasNotebook(workbench));
    expect(result.current).toBe(false);
    notebooks.currentWidget = {} as NotebookPanel;
    act(() => currentChanged.emit());
    expect(result.current).toBe(true);
    const disconnect = jest.spyOn(currentChanged, 'disconnect');
    unmount();
    expect(disconnect.mock.results).toEqual([{ type: 'return', value: true }]);
  });

  it('is false in an application without notebooks', () => {
    const { workbench } = workbenchOver();
    const { result } = renderHook(() => useHasNotebook(workbench));
    expect(result.current).toBe(false);
  });
});
