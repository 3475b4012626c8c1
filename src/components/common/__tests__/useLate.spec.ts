import { act, renderHook } from '@testing-library/react';

import { useLate } from '../useLate';

beforeEach(() => jest.useFakeTimers());
afterEach(() => jest.useRealTimers());

describe('useLate', () => {
  it('is true only after the condition was true for some time', () => {
    const { result, rerender } = renderHook(
      ({ holds }) => useLate(holds, 400),
      { initialProps: { holds: true } }
    );
    act(() => void jest.advanceTimersByTime(300));
    expect(result.current).toBe(false);
    rerender({ holds: false });
    rerender({ holds: true });
    act(() => void jest.advanceTimersByTime(300));
    expect(result.current).toBe(false);
    act(() => void jest.advanceTimersByTime(100));
    expect(result.current).toBe(true);
    rerender({ holds: false });
    expect(result.current).toBe(false);
  });
});
