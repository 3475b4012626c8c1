import { act, renderHook, waitFor } from '@testing-library/react';

import { workbenchOver } from '../../models/__tests__/workbenchOver';
import { CatalogError } from '../../types/errors';
import { useRecordSchema } from '../useRecordSchema';

describe('useRecordSchema', () => {
  it('tries again when asked to', async () => {
    const schema = { properties: {} };
    const getSchema = jest
      .fn(async () => ({ schema, version: 1 }))
      .mockRejectedValueOnce(new CatalogError('no_connection', 'Gone.'));
    const { workbench } = workbenchOver({ getSchema });
    const { result } = renderHook(() => useRecordSchema(workbench));
    await waitFor(() => expect(result.current.error?.detail).toBe('Gone.'));
    act(() => result.current.retry());
    await waitFor(() => expect(result.current.schema).toBe(schema));
    expect(result.current.error).toBeNull();
  });
});
