import type { CatalogClient } from '../api/client';

/**
 * Download a draft as a metadata file for the command line.
 */
export async function exportDraft(
  client: CatalogClient,
  id: string,
  title: string
): Promise<void> {
  const record = await client.exportDraft(id);
  saveJson(`${title.replace(/[^\w.-]+/g, '_')}.json`, record);
}

/**
 * Download a value as a JSON file.
 */
export function saveJson(fileName: string, value: object): void {
  saveFile(fileName, JSON.stringify(value, null, 2) + '\n', 'application/json');
}

/**
 * Download a text as a file.
 */
export function saveFile(fileName: string, text: string, type: string): void {
  const url = URL.createObjectURL(new Blob([text], { type }));
  const link = document.createElement('a');
  link.href = url;
  link.download = fileName;
  link.click();
  URL.revokeObjectURL(url);
}
