import { act, renderHook } from '@testing-library/react';

import { CatalogError } from '../../../types/errors';
import { type IFacetValue, useFoundValues } from '../useFoundValues';

const NONE: readonly IFacetValue[] = [];

const valueOf = (value: string) => ({ value, label: value, count: 1 });

beforeEach(() => jest.useFakeTimers());
afterEach(() => jest.useRealTimers());

describe('useFoundValues', () => {
  it('searches once the typing pauses, and keeps the last values until then', async () => {
    const onSearch = jest.fn(async (text: string) => [valueOf(`${text}!`)]);
    const { result, rerender } = renderHook(
      ({ query }) => useFoundValues(query, NONE, onSearch),
      { initialProps: { query: '' } }
    );
    expect(result.current).toBeNull();
    for (const query of ['h', 'ha', 'hal']) {
      rerender({ query });
      jest.advanceTimersByTime(100);
    }
    expect(onSearch).not.toHaveBeenCalled();
    await act(() => jest.advanceTimersByTimeAsync(200));
    expect(onSearch.mock.calls).toEqual([['hal']]);
    expect(result.current).toMatchObject({
      values: [valueOf('hal!')],
      isLoading: false
    });
    rerender({ query: 'halo' });
    expect(result.current).toMatchObject({
      values: [valueOf('hal!')],
      isLoading: true
    });
    rerender({ query: '' });
    expect(result.current).toBeNull();
  });

  it('says why it found nothing', async () => {
    const onSearch = () =>
      Promise.reject(new CatalogError('no_connection', 'Away.'));
    const { result } = renderHook(() => useFoundValues('halo', NONE, onSearch));
    await act(() => jest.advanceTimersByTimeAsync(200));
    expect(result.current?.error?.detail).toBe('Away.');
    expect(result.current?.values).toEqual([]);
  });
});
