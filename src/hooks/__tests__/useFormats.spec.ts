import { renderHook, waitFor } from '@testing-library/react';

import { workbenchOver } from '../../models/__tests__/workbenchOver';
import { CatalogError } from '../../types/errors';
import { useFormats } from '../useFormats';

describe('useFormats', () => {
  it('has the ids of the formats once they are loaded', async () => {
    const { workbench } = workbenchOver({
      getVocabulary: async list => ({ terms: [{ id: `${list}-1` }] })
    });
    const { result } = renderHook(() => useFormats(workbench));
    expect(result.current.size).toBe(0);
    await waitFor(() => expect([...result.current]).toEqual(['formats-1']));
  });

  it('stays empty if they cannot be loaded', async () => {
    const getVocabulary = jest.fn(() =>
      Promise.reject(new CatalogError('no_connection', 'Away.'))
    );
    const { workbench } = workbenchOver({ getVocabulary });
    const { result } = renderHook(() => useFormats(workbench));
    await waitFor(() => expect(getVocabulary).toHaveBeenCalled());
    expect(result.current.size).toBe(0);
  });
});
