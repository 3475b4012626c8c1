import { act, renderHook } from '@testing-library/react';

import { locationAnswer } from '../../api/__tests__/answers';
import { workbenchOver } from '../../models/__tests__/workbenchOver';
import type { ILocation } from '../../types/api';
import { useLocation } from '../useLocation';

function locationOf(data_path: string): ILocation {
  return locationAnswer({ data_path });
}

describe('useLocation', () => {
  beforeEach(() => jest.useFakeTimers());
  afterEach(() => jest.useRealTimers());

  it('asks a moment after the last key, for whole paths only', async () => {
    const locate = jest.fn(async ({ data_path }: { data_path: string }) =>
      locationOf(data_path)
    );
    const { workbench } = workbenchOver({
      locate:
        locate as unknown as (typeof workbench)['services']['client']['locate']
    });
    const { result, rerender } = renderHook(
      ({ path }) => useLocation(workbench, path),
      { initialProps: { path: 'da' } }
    );
    for (const path of ['/d', '/da', '/data']) {
      rerender({ path });
      jest.advanceTimersByTime(400);
    }
    expect(locate).not.toHaveBeenCalled();
    await act(() => jest.advanceTimersByTimeAsync(100));
    expect(locate.mock.calls).toEqual([[{ data_path: '/data' }]]);
    expect(result.current.location?.data_path).toBe('/data');
    // What was found belongs to its path only.
    rerender({ path: '/data/iris' });
    expect(result.current.location).toBeNull();
  });

  it('asks what the home folder is', async () => {
    const locate = jest.fn(async () => locationOf('/home/ada/sky'));
    const { workbench } = workbenchOver({ locate });
    const { result } = renderHook(() => useLocation(workbench, '~/sky'));
    await act(() => jest.advanceTimersByTimeAsync(500));
    expect(locate).toHaveBeenCalledWith({ data_path: '~/sky' });
    expect(result.current.location?.data_path).toBe('/home/ada/sky');
  });

  it('drops an answer that comes too late', async () => {
    let answer: (location: ILocation) => void = jest.fn();
    const locate = () =>
      new Promise<ILocation>(resolve => {
        answer = resolve;
      });
    const { workbench } = workbenchOver({ locate });
    const { result, rerender } = renderHook(
      ({ path }) => useLocation(workbench, path),
      { initialProps: { path: '/a' } }
    );
    await act(() => jest.advanceTimersByTimeAsync(500));
    const late = answer;
    rerender({ path: '/b' });
    await act(async () => late(locationOf('/a')));
    expect(result.current).toEqual({ location: null, error: null });
  });
});
