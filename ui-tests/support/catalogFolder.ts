import { lchown, mkdir, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import type { Rest } from './rest';

/**
 * Put datasets into the catalog's folder, as another program may: they are not on the Hub.
 *
 * @param card - What stands in the card of each; without it there is none.
 */
export async function catalog(
  rest: Rest,
  records: readonly (Record<string, unknown> & { name: string })[],
  card?: string
): Promise<void> {
  const root = await rootOf(rest);
  for (const record of records) {
    const folder = join(root, record.name);
    await mkdir(folder);
    const content = {
      schema_version: 1,
      pretty_name: record.name,
      size_categories: ['n<1K'],
      ...record
    };
    await writeFile(join(folder, 'record.json'), JSON.stringify(content));
    if (card !== undefined) {
      await writeFile(join(folder, 'README.md'), card);
    }
  }
}

/**
 * Give a folder of the catalog, and all in it, to somebody else; only root can.
 */
export async function giveAway(
  rest: Rest,
  folder: string,
  uid: number
): Promise<void> {
  const path = join(await rootOf(rest), folder);
  const names = await readdir(path, { recursive: true });
  for (const name of ['', ...names]) {
    await lchown(join(path, name), uid, uid);
  }
}

async function rootOf(rest: Rest): Promise<string> {
  const { catalog } = await rest.get<{ catalog: { root: string } }>('datasets');
  return catalog.root;
}
