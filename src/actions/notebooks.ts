import { Notification } from '@jupyterlab/apputils';
import type { Notebook } from '@jupyterlab/notebook';

import type { IEntry } from '../types/api';
import type { Workbench } from '../models/workbench';

/**
 * Where notebooks go: the folder of the settings, else the one that the file browser shows.
 */
export function notebookFolder({ services, settings }: Workbench): string {
  return (
    settings.notebookFolder ||
    services.contents.localPath(services.fileBrowser?.model.path ?? '')
  );
}

/**
 * Open a copy of an entry's loader notebook, in the person's own folder.
 */
export async function openLoaderNotebook(
  workbench: Workbench,
  name: string
): Promise<void> {
  const { client } = workbench.services;
  const folder = notebookFolder(workbench);
  const copy = await workbench.attempt(() => client.copyNotebook(name, folder));
  if (copy) {
    await openNotebook(workbench, copy.path);
  }
}

/**
 * Write a draft's loader notebook without publishing, and open it.
 */
export async function generateNotebook(
  workbench: Workbench,
  draftId: string,
  folder: string
): Promise<void> {
  const { client } = workbench.services;
  const made = await workbench.attempt(() =>
    client.writeNotebook(draftId, folder)
  );
  if (made) {
    await openNotebook(workbench, made.path);
  }
}

async function openNotebook(
  { services }: Workbench,
  path: string
): Promise<void> {
  await services.commands.execute('docmanager:open', { path });
}

/**
 * Put an entry's loader into a cell of the active notebook. A cell that has it from an earlier
 * time is brought up to date instead, wherever it is.
 */
export async function insertLoader(
  workbench: Workbench,
  name: string
): Promise<void> {
  const { services } = workbench;
  const { client, trans } = services;
  const panel = services.notebooks?.currentWidget;
  if (!panel) {
    Notification.info(
      trans.__('Open the notebook that the loader is for first.')
    );
    return;
  }
  const entry = await workbench.attempt(() => client.getEntry(name));
  if (!entry) {
    return;
  }
  if (!entry.loader) {
    Notification.info(trans.__('"%1" has no loader script.', name));
    return;
  }
  const mark = { name, etag: entry.etag };
  const outcome = putCell(panel.content, mark, loaderCell(entry));
  if (outcome === 'read-only') {
    Notification.warning(
      trans.__('This notebook is read-only, so nothing was inserted.')
    );
  } else {
    Notification.success(
      outcome === 'updated'
        ? trans.__('The loader of "%1" was brought up to date.', name)
        : trans.__('The loader of "%1" was inserted.', name),
      { autoClose: 3000 }
    );
  }
}

/**
 * An entry's loader as a cell of its own: the variable that loader notebooks tell it the place of
 * the data with comes first, where it is written in Python.
 */
export function loaderCell({ loader, record }: IEntry): string {
  const path = record['data_path'];
  const place =
    typeof path === 'string' && loader?.file_name.endsWith('.py')
      ? `import os\n\nos.environ["DATA_PATH"] = ${JSON.stringify(path)}\n\n`
      : '';
  return place + (loader?.text ?? '');
}

/**
 * Key of our mark in a cell's metadata.
 */
const METADATA_KEY = 'huggingnersc';

/**
 * Put a dataset's cell into a notebook, once.
 *
 * @param mark - What the cell is known again by, and the state of the entry that it is from.
 */
export function putCell(
  content: Notebook,
  mark: { name: string; etag: string },
  source: string
): 'inserted' | 'updated' | 'read-only' {
  const notebook = content.model?.sharedModel;
  if (!notebook || content.model?.readOnly) {
    return 'read-only';
  }
  const index = notebook.cells.findIndex(cell => {
    const found = cell.getMetadata(METADATA_KEY) as unknown;
    return (found as { name?: unknown } | undefined)?.name === mark.name;
  });
  const cell = notebook.cells[index];
  if (cell) {
    notebook.transact(() => {
      cell.setSource(source);
      cell.setMetadata(METADATA_KEY, mark);
    });
    content.activeCellIndex = index;
    return 'updated';
  }
  const active = content.activeCell;
  const isBlank =
    active?.model.type === 'code' && active.model.sharedModel.source === '';
  const at = content.activeCellIndex + (isBlank ? 0 : 1);
  notebook.transact(() => {
    if (isBlank) {
      notebook.deleteCell(at);
    }
    notebook.insertCell(at, {
      cell_type: 'code',
      source,
      metadata: { trusted: true, [METADATA_KEY]: mark }
    });
  });
  content.activeCellIndex = at;
  return 'inserted';
}
