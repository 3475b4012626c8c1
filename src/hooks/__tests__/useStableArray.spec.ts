import { renderHook } from '@testing-library/react';

import { useStableArray } from '../useStableArray';

describe('useStableArray', () => {
  it('is the same array as long as its items are', () => {
    const { result, rerender } = renderHook(
      ({ items }) => useStableArray(items),
      { initialProps: { items: ['name', 'size'] } }
    );
    const first = result.current;
    rerender({ items: ['name', 'size'] });
    expect(result.current).toBe(first);
    rerender({ items: ['size', 'name'] });
    expect(result.current).toEqual(['size', 'name']);
  });
});
