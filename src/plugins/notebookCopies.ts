import type {
  JupyterFrontEnd,
  JupyterFrontEndPlugin
} from '@jupyterlab/application';
import { IDocumentManager } from '@jupyterlab/docmanager';
import { INotebookTracker, type NotebookPanel } from '@jupyterlab/notebook';
import { IStateDB } from '@jupyterlab/statedb';
import { ITranslator, nullTranslator } from '@jupyterlab/translation';

import type { CopyNotices } from '../actions/notebooks/copyNotices';
import { CatalogClient } from '../api/client';

/**
 * Key in the metadata of a copied loader notebook that names its original.
 */
const ORIGIN_KEY = 'huggingnersc_lab';

/**
 * Notifies the user when they open or activate a copy of a loader notebook whose original has changed.
 */
export const notebookCopiesPlugin: JupyterFrontEndPlugin<void> = {
  id: 'huggingnersc-lab:copies',
  description:
    'Notifies you when the original of a copied loader notebook has changed.',
  autoStart: true,
  optional: [INotebookTracker, IDocumentManager, IStateDB, ITranslator],
  activate: (
    app: JupyterFrontEnd,
    notebooks: INotebookTracker | null,
    docManager: IDocumentManager | null,
    state: IStateDB | null,
    translator: ITranslator | null
  ): void => {
    const trans = (translator ?? nullTranslator).load('huggingnersc_lab');
    const { commands, serviceManager } = app;
    let notices: Promise<CopyNotices> | null = null;
    const load = async (): Promise<CopyNotices> => {
      const { CopyNotices } = await import('../actions/notebooks/copyNotices');
      return new CopyNotices({
        client: new CatalogClient(serviceManager.serverSettings, trans),
        contents: serviceManager.contents,
        commands,
        state,
        trans
      });
    };
    const check = async ({
      context,
      content
    }: NotebookPanel): Promise<void> => {
      await context.ready;
      const origin: unknown = content.model?.getMetadata(ORIGIN_KEY);
      if (origin) {
        notices ??= load();
        await (await notices).check(context.path, origin);
      }
    };
    const onNotebook = (notebook: NotebookPanel): void => {
      check(notebook).catch((reason: unknown) => {
        // The user did not ask for this; the next notebook tries again.
        notices = null;
        console.debug(
          'HuggingNERSC Lab: the original could not be checked.',
          reason
        );
      });
    };
    notebooks?.widgetAdded.connect((_, notebook) => onNotebook(notebook));
    // Opening a notebook that is already open, or still being saved before it closes, adds no widget.
    docManager?.activateRequested.connect((_, path) => {
      const notebook = notebooks?.find(({ context }) => context.path === path);
      if (notebook) {
        onNotebook(notebook);
      }
    });
  }
};
