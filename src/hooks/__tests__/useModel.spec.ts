import { Signal } from '@lumino/signaling';
import { act, renderHook } from '@testing-library/react';

import { useModel } from '../useModel';

function modelOf() {
  const model = { name: 'iris' };
  const stateChanged = new Signal<typeof model, void>(model);
  return Object.assign(model, { stateChanged });
}

describe('useModel', () => {
  it('renders again at each change, until it is unmounted', () => {
    const model = modelOf();
    let renderings = 0;
    const { result, unmount } = renderHook(() => {
      renderings += 1;
      return useModel(model);
    });
    const before = result.current;
    act(() => model.stateChanged.emit());
    expect(result.current).not.toBe(before);
    unmount();
    const last = renderings;
    act(() => model.stateChanged.emit());
    expect(renderings).toBe(last);
  });

  it('follows another model, or none', () => {
    const [first, second] = [modelOf(), modelOf()];
    const { result, rerender } = renderHook(({ model }) => useModel(model), {
      initialProps: { model: first as ReturnType<typeof modelOf> | null }
    });
    rerender({ model: second });
    const before = result.current;
    act(() => first.stateChanged.emit());
    expect(result.current).toBe(before);
    act(() => second.stateChanged.emit());
    expect(result.current).not.toBe(before);
    rerender({ model: null });
    const without = result.current;
    act(() => second.stateChanged.emit());
    expect(result.current).toBe(without);
  });
});
