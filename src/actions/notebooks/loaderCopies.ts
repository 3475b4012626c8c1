import { PathExt } from '@jupyterlab/coreutils';
import type { Contents } from '@jupyterlab/services';

import type { CatalogClient } from '../../api/client';
import type { IEntry } from '../../types/api';
import { asCatalogError, type CatalogError } from '../../types/errors';

/**
 * What is needed of the server to copy a loader notebook.
 */
export interface ICopyServices {
  client: Pick<CatalogClient, 'copyNotebook' | 'locate'>;
  contents: Pick<Contents.IManager, 'get' | 'save'>;
}

/**
 * A copy of a loader notebook.
 */
export interface ILoaderCopy {
  /**
   * Its contents path.
   */
  path: string;
  /**
   * Whether it was written just now.
   */
  isFresh: boolean;
  /**
   * Why it is not in the first of the folders.
   */
  problem: CatalogError | null;
}

/**
 * Key in the metadata of a copied loader notebook that names its original.
 */
const ORIGIN_KEY = 'huggingnersc_lab';

/**
 * Find a current copy of a loader notebook, or write one, in the first of some folders that takes it.
 * A folder of the data's own is never written to.
 *
 * @param folders - Contents paths. They are created where they are missing.
 * @throws CatalogError of the first folder, if none takes it; null if all of them belong to the data.
 */
export async function findOrMakeCopy(
  services: ICopyServices,
  entry: IEntry,
  folders: readonly string[]
): Promise<ILoaderCopy | null> {
  let problem: CatalogError | null = null;
  for (const folder of folders) {
    const found = await currentCopy(services.contents, entry, folder);
    if (found !== null) {
      return { path: found, isFresh: false, problem: null };
    }
    if (await isInData(services, entry, folder)) {
      continue;
    }
    try {
      await makeFolder(services.contents, folder);
      const name = String(entry.record['name'] ?? '');
      const { path } = await services.client.copyNotebook(name, folder);
      return { path, isFresh: true, problem };
    } catch (reason) {
      problem ??= asCatalogError(reason);
    }
  }
  if (problem) {
    throw problem;
  }
  return null;
}

/**
 * The newest copy in a folder whose original is the present one; null if there is none.
 */
export async function currentCopy(
  contents: Pick<Contents.IManager, 'get'>,
  { notebook }: Pick<IEntry, 'notebook'>,
  folder: string
): Promise<string | null> {
  const digest = notebook?.digest;
  if (!digest) {
    return null;
  }
  const fileName = PathExt.basename(notebook.path);
  const stem = fileName.slice(0, -PathExt.extname(fileName).length);
  // As the server numbers the copies.
  const isCopy = ({ type, name }: Contents.IModel): boolean =>
    type === 'notebook' &&
    name.startsWith(stem) &&
    /^(-\d+)?\.ipynb$/.test(name.slice(stem.length));
  try {
    const { content } = await contents.get(folder, {
      type: 'directory',
      content: true
    });
    const copies = (content as Contents.IModel[])
      .filter(isCopy)
      .sort((a, b) => b.last_modified.localeCompare(a.last_modified))
      .slice(0, MOST_LOOKED_AT);
    for (const { path } of copies) {
      const model = await contents.get(path, {
        type: 'notebook',
        content: true
      });
      if (originDigest(model) === digest) {
        return path;
      }
    }
  } catch {
    // The folder is not there yet, or it cannot be read: writing to it tells.
  }
  return null;
}

/**
 * Reading each takes a request.
 */
const MOST_LOOKED_AT = 5;

function originDigest({ content }: Contents.IModel): unknown {
  const { metadata } = Object(content) as Record<string, unknown>;
  const origin = (Object(metadata) as Record<string, unknown>)[ORIGIN_KEY];
  return (Object(origin) as Record<string, unknown>)['digest'];
}

/**
 * Create a folder and those above it, where they are missing.
 */
export async function makeFolder(
  contents: Pick<Contents.IManager, 'get' | 'save'>,
  folder: string
): Promise<void> {
  const parts = folder.split('/').filter(Boolean);
  for (const [index] of parts.entries()) {
    const path = parts.slice(0, index + 1).join('/');
    try {
      await contents.get(path, { content: false });
    } catch {
      await contents.save(path, { type: 'directory' });
    }
  }
}

/**
 * Whether a folder is the data's folder, or below it.
 */
async function isInData(
  { client }: ICopyServices,
  { record, contents }: IEntry,
  folder: string
): Promise<boolean> {
  const dataPath = record['data_path'];
  if (contents.data !== undefined && isBelow(folder, contents.data)) {
    return true;
  }
  if (typeof dataPath !== 'string') {
    return false;
  }
  const parts = folder.split('/').filter(Boolean);
  // The folder itself may not be there yet.
  for (let count = parts.length; count >= 0; count--) {
    try {
      const above = await client.locate({
        contents_path: parts.slice(0, count).join('/')
      });
      const path = [above.data_path, ...parts.slice(count)].join('/');
      return isBelow(path, dataPath);
    } catch (reason) {
      if (asCatalogError(reason).code !== 'not_found') {
        return false;
      }
    }
  }
  return false;
}

function isBelow(path: string, folder: string): boolean {
  const partsOf = (of: string): string[] =>
    of.split('/').filter(part => part !== '' && part !== '.');
  const parts = partsOf(path);
  return partsOf(folder).every((part, index) => part === parts[index]);
}
