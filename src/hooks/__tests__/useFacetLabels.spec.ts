import { renderHook, waitFor } from '@testing-library/react';

import { workbenchOver } from '../../models/__tests__/workbenchOver';
import { CatalogError } from '../../types/errors';
import { useFacetLabels } from '../useFacetLabels';

describe('useFacetLabels', () => {
  it('has the labels of the vocabularies, and its own', async () => {
    const { workbench } = workbenchOver({
      getVocabulary: async list => ({
        terms: list === 'licenses' ? [{ id: 'mit', label: 'MIT License' }] : []
      })
    });
    const { result } = renderHook(() => useFacetLabels(workbench));
    expect(result.current('license', 'mit')).toBe('mit');
    await waitFor(() =>
      expect(result.current('license', 'mit')).toBe('MIT License')
    );
    // The same value of another facet is another value.
    expect(result.current('task', 'mit')).toBe('mit');
    expect(result.current('source', 'hub')).toBe('Only on the Hub');
  });

  it('shows the values if the vocabularies cannot be loaded', async () => {
    const getVocabulary = jest.fn(() =>
      Promise.reject(new CatalogError('no_connection', 'Away.'))
    );
    const { workbench } = workbenchOver({ getVocabulary });
    const { result } = renderHook(() => useFacetLabels(workbench));
    await waitFor(() => expect(getVocabulary).toHaveBeenCalled());
    expect(result.current('license', 'mit')).toBe('mit');
  });
});
