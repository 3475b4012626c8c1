import { renderHook, waitFor } from '@testing-library/react';

import { draftAnswer, entryAnswer } from '../../api/__tests__/answers';
import { workbenchOver } from '../../models/__tests__/workbenchOver';
import type { IScriptFile } from '../../types/api';
import { CatalogError } from '../../types/errors';
import { useScript } from '../useScript';

describe('useScript', () => {
  const script = (text: string): IScriptFile => ({
    file_name: 'load.py',
    text,
    warnings: []
  });

  it('reads the file that the draft names', async () => {
    const readScript = jest.fn(async () => script('new'));
    const { workbench } = workbenchOver({ readScript });
    const draft = await workbench.drafts.create({ loader_path: 'a/load.py' });
    const { result } = renderHook(
      () => draft && useScript(workbench, draft, 'loader')
    );
    await waitFor(() => expect(result.current?.script?.text).toBe('new'));
    expect(readScript).toHaveBeenCalledWith('a/load.py', 'loader');
  });

  it('reads the one of the entry that is changed, as long as the draft has none', async () => {
    const { workbench } = workbenchOver({
      getDraft: async id =>
        draftAnswer(
          { editing: 'iris', values: { name: 'iris', loader: 'load.py' } },
          { id }
        ),
      getEntry: async () => entryAnswer()
    });
    const draft = await workbench.drafts.open('d');
    const { result } = renderHook(
      () => draft && useScript(workbench, draft, 'loader')
    );
    await waitFor(() =>
      expect(result.current?.script?.text).toBe('print(1)\n')
    );
  });

  it('says why a script cannot be read, and shows no older one in its place', async () => {
    const readScript = jest
      .fn(async () => script('old'))
      .mockResolvedValueOnce(script('old'))
      .mockRejectedValueOnce(new CatalogError('not_found', 'It is gone.'));
    const { workbench } = workbenchOver({ readScript });
    const draft = await workbench.drafts.create({ loader_path: 'a.py' });
    const { result, rerender } = renderHook(
      () => draft && useScript(workbench, draft, 'loader')
    );
    await waitFor(() => expect(result.current?.script?.text).toBe('old'));
    draft?.change({ loader_path: 'b.py' });
    rerender();
    await waitFor(() => expect(result.current?.error?.code).toBe('not_found'));
    expect(result.current?.script).toBeNull();
  });
});
