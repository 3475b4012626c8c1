import { Clipboard } from '@jupyterlab/apputils';
import { PathExt } from '@jupyterlab/coreutils';

import type { EntryDetail } from '../models/details';
import type { Workbench } from '../models/workbench';
import type { IEntry } from '../types/api';
import { saveJson } from './downloads';
import { datasetAddress } from './links';

/**
 * Copy a link to a dataset of the catalog: the site's, or else one to this JupyterLab.
 *
 * @param entry - What is known of it, if anything is.
 */
export function copyLink(
  { services }: Workbench,
  name: string,
  entry: Pick<IEntry, 'lab_link'> | null
): void {
  Clipboard.copyToSystem(
    entry?.lab_link ||
      datasetAddress(name, services.client.serverSettings.baseUrl)
  );
}

/**
 * Save a dataset's Croissant description as a file.
 */
export async function saveCroissant({ croissant }: EntryDetail): Promise<void> {
  await croissant.load();
  if (croissant.value && !croissant.error) {
    saveJson('croissant.json', croissant.value);
  }
}

/**
 * Shows a folder in the file browser, by its contents path; undefined in applications without a file
 * browser.
 */
export function folderBrowser({
  services
}: Workbench): ((path: string) => void) | undefined {
  const { commands } = services;
  return commands.hasCommand(GO_TO_PATH)
    ? path =>
        void commands.execute(GO_TO_PATH, { path: PathExt.normalize(path) })
    : undefined;
}

/**
 * A command of JupyterLab's file browser.
 */
const GO_TO_PATH = 'filebrowser:go-to-path';
