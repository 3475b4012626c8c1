import { act, renderHook } from '@testing-library/react';

import type { IFieldError } from '../../../types/errors';
import { useErrorJumps } from '../useErrorJumps';

const errorAt = (pointer: string): IFieldError => ({
  pointer,
  code: 'pattern',
  detail: pointer
});

function jumpsOver(pointers: string[]) {
  document.body.replaceChildren(
    ...['/name', '/tags', '/authors/0/orcid'].map(pointer =>
      Object.assign(document.createElement('input'), { id: `form${pointer}` })
    )
  );
  const reveal = jest.fn();
  const { result } = renderHook(() =>
    useErrorJumps(pointers.map(errorAt), reveal, pointer => `form${pointer}`)
  );
  const jump = (which: 'first' | 'next'): boolean => {
    let found = false;
    act(() => {
      found = result.current[which]();
    });
    return found;
  };
  return { jump, reveal };
}

const focused = () => document.activeElement?.id;

describe('useErrorJumps', () => {
  it('goes from error to error, and around', () => {
    const { jump, reveal } = jumpsOver(['/name', '/authors/0/orcid']);
    expect(jump('first')).toBe(true);
    expect(focused()).toBe('form/name');
    jump('next');
    expect(focused()).toBe('form/authors/0/orcid');
    expect(reveal).toHaveBeenLastCalledWith('/authors/0/orcid');
    jump('next');
    expect(focused()).toBe('form/name');
  });

  it('goes to the field of an error that has no control itself', () => {
    const { jump } = jumpsOver(['/tags/3']);
    jump('next');
    expect(focused()).toBe('form/tags');
  });

  it('goes nowhere without errors', () => {
    const { jump } = jumpsOver([]);
    expect(jump('first')).toBe(false);
    expect(jump('next')).toBe(false);
  });
});
