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
  const blob = new Blob([JSON.stringify(record, null, 2) + '\n'], {
    type: 'application/json'
  });
  const url = URL.createObjectURL(blob);
  const link = document.createElement('a');
  link.href = url;
  link.download = `${title.replace(/[^\w.-]+/g, '_')}.json`;
  link.click();
  URL.revokeObjectURL(url);
}
