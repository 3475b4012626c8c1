import type { CatalogClient } from '../api/client';

/**
 * Save a draft as a file of the person's own computer: the metadata file that the command line
 * takes.
 */
export async function exportDraft(
  client: CatalogClient,
  id: string,
  title: string
): Promise<void> {
  const record = await client.exportDraft(id);
  saveJson(`${title.replace(/[^\w.-]+/g, '_')}.json`, record);
}

export function saveJson(fileName: string, value: object): void {
  saveFile(fileName, JSON.stringify(value, null, 2) + '\n', 'application/json');
}

/**
 * Save a text as a file of the person's own computer.
 */
export function saveFile(fileName: string, text: string, type: string): void {
  const url = URL.createObjectURL(new Blob([text], { type }));
  const link = document.createElement('a');
  link.href = url;
  link.download = fileName;
  link.click();
  URL.revokeObjectURL(url);
}
