import type {
  JupyterFrontEnd,
  JupyterFrontEndPlugin
} from '@jupyterlab/application';
import { IDocumentManager } from '@jupyterlab/docmanager';
import { INotebookTracker, type NotebookPanel } from '@jupyterlab/notebook';
import { IStateDB } from '@jupyterlab/statedb';
import { ITranslator, nullTranslator } from '@jupyterlab/translation';

import { CatalogClient } from '../api/client';
import type { CopyNotices } from '../actions/copyNotices';

/**
 * Key of what a copy of a loader notebook remembers of its original.
 */
const METADATA_KEY = 'huggingnersc_lab';

/**
 * Says when a copy of a loader notebook is opened, or shown again, whose original has changed.
 */
export const copiesPlugin: JupyterFrontEndPlugin<void> = {
  id: 'huggingnersc-lab:copies',
  description: 'Says when the original of a loader notebook has changed.',
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
      const { CopyNotices } = await import('../actions/copyNotices');
      return new CopyNotices({
        client: new CatalogClient(serviceManager.serverSettings, trans),
        contents: serviceManager.contents,
        commands,
        state,
        trans
      });
    };
    const look = async ({ context, content }: NotebookPanel): Promise<void> => {
      await context.ready;
      const mark: unknown = content.model?.getMetadata(METADATA_KEY);
      if (mark) {
        notices ??= load();
        await (await notices).look(context.path, mark);
      }
    };
    const lookAt = (notebook: NotebookPanel): void => {
      look(notebook).catch((reason: unknown) => {
        // Nobody waits for this: it may be tried again with the next notebook.
        notices = null;
        console.debug('HuggingNERSC Lab: no look at the original.', reason);
      });
    };
    notebooks?.widgetAdded.connect((_, notebook) => lookAt(notebook));
    // Opening what is open already adds nothing, and what is being closed is open until it is saved.
    docManager?.activateRequested.connect((_, path) => {
      const notebook = notebooks?.find(({ context }) => context.path === path);
      if (notebook) {
        lookAt(notebook);
      }
    });
  }
};
