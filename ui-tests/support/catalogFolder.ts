import { mkdir, writeFile } from 'node:fs/promises';
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
  const { catalog } = await rest.get<{ catalog: { root: string } }>('datasets');
  for (const record of records) {
    const folder = join(catalog.root, record.name);
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
