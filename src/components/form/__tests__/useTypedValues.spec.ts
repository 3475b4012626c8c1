import { act, renderHook } from '@testing-library/react';

import { useTypedValues } from '../useTypedValues';

describe('useTypedValues', () => {
  it('has what was typed at once, and what the owner passes later', () => {
    const onChange = jest.fn();
    const { result, rerender } = renderHook(
      ({ given }) => useTypedValues(given, onChange),
      { initialProps: { given: { name: 'i' } } }
    );
    act(() => {
      const [, change] = result.current;
      change(values => ({ ...values, name: 'ir' }));
      change(values => ({ ...values, doi: '1' }));
    });
    expect(result.current[0]).toEqual({ name: 'ir', doi: '1' });
    expect(onChange.mock.calls).toEqual([
      [{ name: 'ir' }],
      [{ name: 'ir', doi: '1' }]
    ]);
    rerender({ given: { name: 'other' } });
    expect(result.current[0]).toEqual({ name: 'other' });
  });
});
