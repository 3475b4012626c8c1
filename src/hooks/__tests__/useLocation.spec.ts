import { act, renderHook } from '@testing-library/react';

import { workbenchOver } from '../../models/__tests__/workbenchOver';
import type { ILocation } from '../../types/api';
import { useLocation } from '../useLocation';

function locationOf(data_path: string): ILocation {
  return {
    data_path,
    contents_path: null,
    is_folder: true,
    portal_link: null,
    access: { status: 'readable' },
    name_proposal: null
  };
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
