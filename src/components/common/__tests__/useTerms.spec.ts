import { act, renderHook, waitFor } from '@testing-library/react';

import { useTerms } from '../useTerms';

const terms = [{ id: 'mit', label: 'MIT' }];

describe('useTerms', () => {
  it('loads the terms when they are first needed', async () => {
    const vocabulary = jest.fn(async () => terms);
    const { result } = renderHook(() =>
      useTerms('licenses', false, vocabulary)
    );
    expect(vocabulary).not.toHaveBeenCalled();
    act(() => result.current.load());
    expect(result.current.loading).toBe(true);
    await waitFor(() => expect(result.current.terms).toBe(terms));
    act(() => result.current.load());
    expect(vocabulary.mock.calls).toEqual([['licenses']]);
  });

  it('loads them at once to label what is selected', async () => {
    const { result } = renderHook(() =>
      useTerms('licenses', true, async () => terms)
    );
    await waitFor(() => expect(result.current.loading).toBe(false));
    expect(result.current.terms).toBe(terms);
  });

  it('says why they could not be loaded, and tries again', async () => {
    const vocabulary = jest
      .fn(async () => terms)
      .mockRejectedValueOnce(new Error('Away.'));
    const { result } = renderHook(() => useTerms('licenses', true, vocabulary));
    await waitFor(() => expect(result.current.problem).toBe('Away.'));
    act(() => result.current.load());
    await waitFor(() => expect(result.current.terms).toBe(terms));
    expect(result.current.problem).toBeNull();
  });

  it('has none for a control without a vocabulary', () => {
    const vocabulary = jest.fn();
    const { result } = renderHook(() => useTerms(undefined, true, vocabulary));
    act(() => result.current.load());
    expect(vocabulary).not.toHaveBeenCalled();
    expect(result.current.terms).toEqual([]);
  });
});
