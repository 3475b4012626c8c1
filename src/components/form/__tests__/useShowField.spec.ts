import { act, renderHook } from '@testing-library/react';

import { useShowField } from '../useShowField';

describe('useShowField', () => {
  beforeEach(() => jest.useFakeTimers());
  afterEach(() => jest.useRealTimers());

  it('scrolls to the field and marks it for a moment', () => {
    const field = document.createElement('div');
    field.className = 'hnl-Field';
    const button = document.createElement('button');
    button.id = 'f/loader';
    field.append(button);
    document.body.replaceChildren(field);
    field.scrollIntoView = jest.fn();
    const reveal = jest.fn();
    const { result, unmount } = renderHook(() =>
      useShowField(reveal, pointer => `f${pointer}`)
    );
    act(() => result.current('/loader'));
    expect(reveal).toHaveBeenCalledWith('/loader');
    expect(field.scrollIntoView).toHaveBeenCalledTimes(1);
    expect(field.className).toContain('hnl-mod-shown');
    act(() => jest.advanceTimersByTime(2000));
    expect(field.className).toBe('hnl-Field');

    act(() => result.current('/loader'));
    expect(field.scrollIntoView).toHaveBeenCalledTimes(2);
    unmount();
    expect(field.className).toBe('hnl-Field');
  });

  it('does nothing for a field that is not there', () => {
    const { result } = renderHook(() => useShowField(jest.fn(), String));
    expect(() => act(() => result.current('/none'))).not.toThrow();
  });
});
