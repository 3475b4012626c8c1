import type { KernelSpec } from '@jupyterlab/services';
import { Signal } from '@lumino/signaling';
import { act, renderHook } from '@testing-library/react';

import { useKernels } from '../useKernels';

describe('useKernels', () => {
  it('follows the kernels of the server until it is unmounted', () => {
    const specsChanged = new Signal<object, void>({});
    const manager = {
      specs: null,
      specsChanged
    } as unknown as KernelSpec.IManager;
    const { result, unmount } = renderHook(() => useKernels(manager));
    expect(result.current).toEqual([]);
    Object.assign(manager, {
      specs: {
        default: 'python3',
        kernelspecs: {
          python3: { name: 'python3', display_name: 'Python 3' },
          broken: undefined
        }
      }
    });
    act(() => specsChanged.emit());
    expect(result.current).toEqual([
      { name: 'python3', display_name: 'Python 3' }
    ]);
    const disconnect = jest.spyOn(specsChanged, 'disconnect');
    unmount();
    expect(disconnect.mock.results).toEqual([{ type: 'return', value: true }]);
  });
});
