import type { Contents } from '@jupyterlab/services';

import { entryAnswer, locationAnswer } from '../../../api/__tests__/answers';
import { CatalogError } from '../../../types/errors';
import { currentCopy, findOrMakeCopy, makeFolder } from '../loaderCopies';

const ROOT = '/home/me';

const entry = entryAnswer({
  record: { name: 'iris', data_path: '/home/me/data/iris' },
  notebook: {
    path: '/catalog/iris/iris_loader.ipynb',
    link: null,
    digest: 'new'
  },
  contents: { data: 'data/iris' }
});

/**
 * A server's files: the digests of copies by path, and the folders, of which some are not writable.
 */
function serverWith(
  copies: Record<string, string | null>,
  folders: readonly string[] = ['notes', 'data', 'data/iris'],
  locked: readonly string[] = []
) {
  const there = new Set(['', ...folders]);
  const missing = () => Promise.reject(new Error('404'));
  const get = async (
    path: string,
    // Without being asked for it, JupyterLab requests no content.
    options: { content?: boolean } = {}
  ): Promise<Contents.IModel> => {
    if (path in copies) {
      const metadata = { huggingnersc_lab: { digest: copies[path] } };
      const content = options.content ? { metadata } : null;
      return { path, content } as Contents.IModel;
    }
    if (!there.has(path)) {
      return missing();
    }
    const inside = Object.keys(copies).filter(
      copy => copy.slice(0, copy.lastIndexOf('/')) === path
    );
    const list = inside.map((copy, index) => ({
      type: 'notebook',
      name: copy.slice(copy.lastIndexOf('/') + 1),
      path: copy,
      last_modified: `2026-01-0${index + 1}`
    }));
    const content = options.content ? list : null;
    return { path, content } as Contents.IModel;
  };
  const save = jest.fn(async (path: string) => {
    there.add(path);
    return {} as Contents.IModel;
  });
  const copyNotebook = jest.fn(async (_: string, folder: string) => {
    if (locked.includes(folder)) {
      throw new CatalogError('forbidden', `${folder} is locked.`);
    }
    return { path: `${folder}/iris_loader.ipynb` };
  });
  const locate = jest.fn(async ({ contents_path = '' }) => {
    if (!there.has(contents_path)) {
      throw new CatalogError('not_found', 'It is not there.');
    }
    const data_path = contents_path ? `${ROOT}/${contents_path}` : ROOT;
    return locationAnswer({ data_path, contents_path });
  });
  return { client: { copyNotebook, locate }, contents: { get, save } };
}

describe('findOrMakeCopy', () => {
  it('writes into the first folder, which it creates', async () => {
    const server = serverWith({});
    expect(await findOrMakeCopy(server, entry, ['a/b', 'notes'])).toEqual({
      path: 'a/b/iris_loader.ipynb',
      isFresh: true,
      problem: null
    });
    expect(server.contents.save.mock.calls).toEqual([
      ['a', { type: 'directory' }],
      ['a/b', { type: 'directory' }]
    ]);
    expect(server.client.copyNotebook).toHaveBeenCalledWith('iris', 'a/b');
  });

  it('opens a current copy again', async () => {
    const server = serverWith({
      'notes/iris_loader.ipynb': 'old',
      'notes/iris_loader-1.ipynb': 'new',
      'notes/iris_loader_of_mine.ipynb': 'new'
    });
    expect(await findOrMakeCopy(server, entry, ['notes'])).toEqual({
      path: 'notes/iris_loader-1.ipynb',
      isFresh: false,
      problem: null
    });
    expect(server.client.copyNotebook).not.toHaveBeenCalled();
  });

  it('writes another where every copy is of an older original', async () => {
    const server = serverWith({
      'notes/iris_loader.ipynb': 'old',
      'notes/mine.ipynb': 'new'
    });
    const copy = await findOrMakeCopy(server, entry, ['notes']);
    expect(copy?.isFresh).toBe(true);
  });

  it('takes the next folder where the first cannot be written to, and says why', async () => {
    const server = serverWith({}, ['locked', 'notes'], ['locked']);
    const copy = await findOrMakeCopy(server, entry, ['locked', 'notes']);
    expect(copy?.path).toBe('notes/iris_loader.ipynb');
    expect(copy?.problem?.detail).toBe('locked is locked.');
    await expect(findOrMakeCopy(server, entry, ['locked'])).rejects.toThrow(
      'locked is locked.'
    );
  });

  it.each(['data/iris', 'data/iris/notes', './data/iris/a/b'])(
    'never writes into the data: %s',
    async folder => {
      const server = serverWith({});
      const copy = await findOrMakeCopy(server, entry, [folder, 'notes']);
      expect(copy?.path).toBe('notes/iris_loader.ipynb');
      expect(await findOrMakeCopy(server, entry, [folder])).toBeNull();
      expect(server.contents.save).not.toHaveBeenCalled();
    }
  );

  it('knows the data by its path, too, where the root folder is a part of it', async () => {
    const server = serverWith({}, []);
    const around = { ...entry, record: { name: 'iris', data_path: '/home' } };
    expect(await findOrMakeCopy(server, around, ['a', ''])).toBeNull();
    expect(server.client.copyNotebook).not.toHaveBeenCalled();
    const beside = { ...entry, record: { name: 'iris', data_path: '/home/m' } };
    expect(await findOrMakeCopy(server, beside, ['a'])).not.toBeNull();
  });
});

describe('currentCopy', () => {
  it('is the newest one', async () => {
    const { contents } = serverWith({
      'notes/iris_loader.ipynb': 'new',
      'notes/iris_loader-2.ipynb': 'new'
    });
    expect(await currentCopy(contents, entry, 'notes')).toBe(
      'notes/iris_loader-2.ipynb'
    );
  });

  it('is none where the original has no digest, or the folder is missing', async () => {
    const { contents } = serverWith({ 'notes/iris_loader.ipynb': null });
    const unknown = entryAnswer({
      notebook: { path: '/iris_loader.ipynb', link: null }
    });
    expect(await currentCopy(contents, unknown, 'notes')).toBeNull();
    expect(await currentCopy(contents, entry, 'elsewhere')).toBeNull();
  });
});

describe('makeFolder', () => {
  it('creates what is missing only', async () => {
    const { contents } = serverWith({});
    await makeFolder(contents, '/notes/new/');
    expect(contents.save.mock.calls).toEqual([
      ['notes/new', { type: 'directory' }]
    ]);
    await makeFolder(contents, '');
    expect(contents.save).toHaveBeenCalledTimes(1);
  });
});
