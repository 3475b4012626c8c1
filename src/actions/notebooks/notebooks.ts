import { Notification } from '@jupyterlab/apputils';
import { PageConfig, PathExt } from '@jupyterlab/coreutils';
import type { Notebook } from '@jupyterlab/notebook';

import type { Workbench } from '../../models/workbench';
import type { IEntry } from '../../types/api';
import { CatalogError } from '../../types/errors';
import { findOrMakeCopy } from './loaderCopies';
import { openNotebook } from './openNotebook';
import { attempt } from '../report';

/**
 * Where notebooks go, by contents path; the later ones stand in for the first where it cannot be
 * written to.
 */
export function notebookFolders({ services, settings }: Workbench): string[] {
  const { contents, fileBrowser } = services;
  const browsed = contents.localPath(fileBrowser?.model.path ?? '');
  const wanted = settings.notebookFolder || browsed;
  // Where a server's root folder is nobody's own, this one is.
  const preferred = PageConfig.getOption('preferredPath');
  return [
    ...new Set([
      PathExt.normalize(wanted),
      PathExt.join(preferred, DEFAULT_FOLDER),
      browsed
    ])
  ];
}

/**
 * The folder for notebooks of the settings' schema.
 */
const DEFAULT_FOLDER = 'dataset-notebooks';

/**
 * Open a copy of a dataset's loader notebook in the user's own folder: the one that is there, unless
 * the original has changed since.
 */
export async function openLoaderNotebook(
  workbench: Workbench,
  name: string
): Promise<void> {
  const { services } = workbench;
  const { client, trans } = services;
  const entry = await attempt(() => client.getEntry(name));
  if (!entry) {
    return;
  }
  if (!entry.notebook) {
    Notification.info(trans.__('"%1" has no loader notebook.', name));
    return;
  }
  const folders = notebookFolders(workbench);
  const copy = await attempt(async () => {
    const made = await findOrMakeCopy(services, entry, folders);
    if (!made) {
      throw new CatalogError(
        'forbidden',
        trans.__(
          'The notebook folder is inside the data, so nothing was written to it. Choose another folder in the settings.'
        )
      );
    }
    return made;
  });
  if (!copy) {
    return;
  }
  if (copy.problem) {
    Notification.info(
      trans.__(
        'The notebook is in %1: %2',
        PathExt.dirname(copy.path) || '/',
        copy.problem.detail
      )
    );
  }
  await openNotebook(services, copy.path, copy.isFresh);
}

/**
 * Write a draft's loader notebook without publishing, and open it.
 */
export async function generateNotebook(
  workbench: Workbench,
  draftId: string,
  folder: string
): Promise<void> {
  const { services } = workbench;
  const made = await attempt(() =>
    services.client.writeNotebook(draftId, folder)
  );
  if (made) {
    await openNotebook(services, made.path, true);
  }
}

/**
 * Insert a dataset's loader into the active notebook. If a cell of the notebook has it already, that
 * cell is updated instead.
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
      trans.__('Open a notebook first, then insert the loader.')
    );
    return;
  }
  const entry = await attempt(() => client.getEntry(name));
  if (!entry) {
    return;
  }
  if (!entry.loader) {
    Notification.info(trans.__('"%1" has no loader script.', name));
    return;
  }
  const origin = { name, etag: entry.etag };
  const outcome = putCell(panel.content, origin, loaderCell(entry));
  if (outcome === 'read-only') {
    Notification.warning(
      trans.__('This notebook is read-only, so nothing was inserted.')
    );
  } else {
    Notification.success(
      outcome === 'updated'
        ? trans.__('The loader of "%1" was updated.', name)
        : trans.__('The loader of "%1" was inserted.', name),
      { autoClose: 3000 }
    );
  }
}

/**
 * The source of a cell with a dataset's loader. In Python it first sets the environment variable
 * that loader notebooks pass the data's path in.
 */
export function loaderCell({ loader, record }: IEntry): string {
  const path = record['data_path'];
  const preamble =
    typeof path === 'string' && loader?.file_name.endsWith('.py')
      ? `import os\n\nos.environ["DATA_PATH"] = ${JSON.stringify(path)}\n\n`
      : '';
  return preamble + (loader?.text ?? '');
}

/**
 * Key in a cell's metadata that says which dataset's loader the cell holds.
 */
const CELL_KEY = 'huggingnersc';

/**
 * Insert a cell into a notebook, or update the dataset's cell that it has already.
 *
 * @param origin - The dataset and the version of its entry, kept in the cell's metadata.
 */
export function putCell(
  content: Notebook,
  origin: { name: string; etag: string },
  source: string
): 'inserted' | 'updated' | 'read-only' {
  const notebook = content.model?.sharedModel;
  if (!notebook || content.model?.readOnly) {
    return 'read-only';
  }
  const index = notebook.cells.findIndex(cell => {
    const found = cell.getMetadata(CELL_KEY) as unknown;
    return (found as { name?: unknown } | undefined)?.name === origin.name;
  });
  const cell = notebook.cells[index];
  if (cell) {
    notebook.transact(() => {
      cell.setSource(source);
      cell.setMetadata(CELL_KEY, origin);
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
      metadata: { trusted: true, [CELL_KEY]: origin }
    });
  });
  content.activeCellIndex = at;
  return 'inserted';
}
