import type { KernelSpec } from '@jupyterlab/services';
import { Signal } from '@lumino/signaling';
import { act, renderHook, waitFor } from '@testing-library/react';

import { draftAnswer, entryAnswer } from '../../api/__tests__/answers';
import type { ILocation, IScriptFile } from '../../types/api';
import { CatalogError } from '../../types/errors';
import { useKernels, useLocation, useSchema, useScript } from '../useScript';
import { workbenchOver } from '../../models/__tests__/workbenchOver';

function locationOf(data_path: string): ILocation {
  return {
    data_path,
    contents_path: null,
    is_folder: true,
    portal_link: null,
    access: { status: 'readable' },
    name_proposal: null
  };
}

describe('useSchema', () => {
  it('tries again when asked to', async () => {
    const schema = { properties: {} };
    const getSchema = jest
      .fn(async () => ({ schema, version: 1 }))
      .mockRejectedValueOnce(new CatalogError('no_connection', 'Gone.'));
    const { workbench } = workbenchOver({ getSchema });
    const { result } = renderHook(() => useSchema(workbench));
    await waitFor(() => expect(result.current.error?.detail).toBe('Gone.'));
    act(() => result.current.retry());
    await waitFor(() => expect(result.current.schema).toBe(schema));
    expect(result.current.error).toBeNull();
  });
});

describe('useKernels', () => {
  it('follows the kernels of the server, and lets go of them', () => {
    const manager = { specs: null } as { specs: KernelSpec.ISpecModels | null };
    const specsChanged = new Signal<unknown, void>(manager);
    const asked = {
      ...manager,
      specsChanged
    } as unknown as KernelSpec.IManager;
    const { result, unmount } = renderHook(() => useKernels(asked));
    expect(result.current).toEqual([]);
    Object.assign(asked, {
      specs: {
        default: 'python3',
        kernelspecs: {
          python3: { name: 'python3', display_name: 'Python 3' },
          broken: undefined
        }
      }
    });
    act(() => specsChanged.emit());
    expect(result.current).toEqual([
      { name: 'python3', display_name: 'Python 3' }
    ]);
    const disconnect = jest.spyOn(specsChanged, 'disconnect');
    unmount();
    expect(disconnect.mock.results).toEqual([{ type: 'return', value: true }]);
  });
});

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

describe('useLocation', () => {
  beforeEach(() => jest.useFakeTimers());
  afterEach(() => jest.useRealTimers());

  it('asks a moment after the last key, for whole paths only', async () => {
    const locate = jest.fn(async ({ data_path }: { data_path: string }) =>
      locationOf(data_path)
    );
    const { workbench } = workbenchOver({
      locate:
        locate as unknown as (typeof workbench)['services']['client']['locate']
    });
    const { result, rerender } = renderHook(
      ({ path }) => useLocation(workbench, path),
      { initialProps: { path: 'da' } }
    );
    for (const path of ['/d', '/da', '/data']) {
      rerender({ path });
      jest.advanceTimersByTime(400);
    }
    expect(locate).not.toHaveBeenCalled();
    await act(() => jest.advanceTimersByTimeAsync(100));
    expect(locate.mock.calls).toEqual([[{ data_path: '/data' }]]);
    expect(result.current.location?.data_path).toBe('/data');
    // What was found belongs to its path only.
    rerender({ path: '/data/iris' });
    expect(result.current.location).toBeNull();
  });

  it('drops an answer that comes too late', async () => {
    let answer: (location: ILocation) => void = jest.fn();
    const locate = () =>
      new Promise<ILocation>(resolve => {
        answer = resolve;
      });
    const { workbench } = workbenchOver({ locate });
    const { result, rerender } = renderHook(
      ({ path }) => useLocation(workbench, path),
      { initialProps: { path: '/a' } }
    );
    await act(() => jest.advanceTimersByTimeAsync(500));
    const late = answer;
    rerender({ path: '/b' });
    await act(async () => late(locationOf('/a')));
    expect(result.current).toEqual({ location: null, error: null });
  });
});
