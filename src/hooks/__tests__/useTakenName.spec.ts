import { act, renderHook } from '@testing-library/react';

import { entryAnswer } from '../../api/__tests__/answers';
import { workbenchOver } from '../../models/__tests__/workbenchOver';
import { CatalogError } from '../../types/errors';
import { useTakenName } from '../useTakenName';

beforeEach(() => jest.useFakeTimers());
afterEach(() => jest.useRealTimers());

describe('useTakenName', () => {
  it('asks once the typing pauses, and knows only the name it asked for', async () => {
    const getEntry = jest.fn(async (name: string) => {
      if (name !== 'iris') {
        throw new CatalogError('not_found', 'None.');
      }
      return entryAnswer();
    });
    const { workbench } = workbenchOver({ getEntry });
    const { result, rerender } = renderHook(
      ({ name }) => useTakenName(workbench, name),
      { initialProps: { name: '' } }
    );
    for (const name of ['ir', 'iri', 'iris']) {
      rerender({ name });
      jest.advanceTimersByTime(300);
    }
    await act(() => jest.advanceTimersByTimeAsync(200));
    expect(getEntry.mock.calls).toEqual([['iris']]);
    expect(result.current).toBe(true);
    rerender({ name: 'iris2' });
    expect(result.current).toBe(false);
    await act(() => jest.advanceTimersByTimeAsync(500));
    expect(result.current).toBe(false);
    rerender({ name: '' });
    await act(() => jest.advanceTimersByTimeAsync(500));
    expect(getEntry).toHaveBeenCalledTimes(2);
  });
});
