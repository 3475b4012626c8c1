import { act, renderHook } from '@testing-library/react';
import type { FocusEvent } from 'react';

import { useShown } from '../useShown';

const error = (pointer: string, code = 'pattern') => ({
  pointer,
  code,
  detail: ''
});

function shown(wasTried: boolean) {
  const { result } = renderHook(() => useShown(wasTried, 'form'));
  return {
    shows: (pointer: string, code?: string) =>
      result.current.isShown(error(pointer, code)),
    leave: (id: string) =>
      act(() =>
        result.current.onBlur({ target: { id } } as FocusEvent<HTMLElement>)
      ),
    add: (pointer: string) => act(() => result.current.onAdded(pointer))
  };
}

describe('useShown', () => {
  it('shows before a try what is wrong in a field that was left', () => {
    const { shows, leave } = shown(false);
    expect(shows('/name')).toBe(false);
    leave('form/name');
    leave('other/doi');
    expect(shows('/name')).toBe(true);
    expect(shows('/name', 'required')).toBe(false);
    expect(shows('/names')).toBe(false);
    expect(shows('/doi')).toBe(false);
  });

  it('shows all after a try, but a new row only once it was left', () => {
    const { shows, leave, add } = shown(true);
    expect(shows('/name', 'required')).toBe(true);
    add('/authors/1');
    expect(shows('/authors/1/name', 'required')).toBe(false);
    expect(shows('/authors/0/name', 'required')).toBe(true);
    leave('form/authors/1/name');
    expect(shows('/authors/1/name', 'required')).toBe(true);
  });
});
