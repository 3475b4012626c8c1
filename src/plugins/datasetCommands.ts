import type {
  JupyterFrontEnd,
  JupyterFrontEndPlugin
} from '@jupyterlab/application';
import { Clipboard } from '@jupyterlab/apputils';
import { INotebookTracker } from '@jupyterlab/notebook';
import { ITranslator, nullTranslator } from '@jupyterlab/translation';
import type { ReadonlyPartialJSONObject } from '@lumino/coreutils';

import { CommandIDs } from '../commands';
import type { IDatasetInfo } from '../models/datasetLookup';
import { CatalogPanel, ICatalogPanel } from './CatalogPanel';

/**
 * Arguments of the commands for one dataset. Without a name, a command is for the dataset whose context
 * menu is open, or else for the one that the panel shows.
 */
const describedBy = {
  args: {
    type: 'object',
    properties: {
      name: { type: 'string', description: 'Nickname of the dataset.' }
    }
  }
} as const;

/**
 * Adds the commands for a dataset.
 */
export const datasetCommandsPlugin: JupyterFrontEndPlugin<void> = {
  id: 'huggingnersc-lab:datasets',
  description: 'Adds the commands for a dataset of the catalog.',
  autoStart: true,
  requires: [ICatalogPanel],
  optional: [ITranslator, INotebookTracker],
  activate: (
    app: JupyterFrontEnd,
    panel: CatalogPanel,
    translator: ITranslator | null,
    notebooks: INotebookTracker | null
  ): void => {
    const trans = (translator ?? nullTranslator).load('huggingnersc_lab');
    const { commands } = app;
    const nameOf = (args: ReadonlyPartialJSONObject): string | null => {
      if (typeof args['name'] === 'string') {
        return args['name'];
      }
      const node = app.contextMenuHitTest(
        it => it.dataset['hnlName'] !== undefined
      );
      const view = panel.loaded?.navigation.view;
      return (
        node?.dataset['hnlName'] ?? (view?.kind === 'entry' ? view.name : null)
      );
    };
    const repoOf = (args: ReadonlyPartialJSONObject): string | null => {
      if (typeof args['repo_id'] === 'string') {
        return args['repo_id'];
      }
      const node = app.contextMenuHitTest(
        it => it.dataset['hnlRepo'] !== undefined
      );
      return node?.dataset['hnlRepo'] ?? null;
    };
    const known = (args: ReadonlyPartialJSONObject): IDatasetInfo | null => {
      const id = repoOf(args) ?? nameOf(args);
      return id === null ? null : (panel.loaded?.datasets.find(id) ?? null);
    };
    const isReadable = (args: ReadonlyPartialJSONObject): boolean => {
      const dataset = repoOf(args) === null ? known(args) : null;
      return dataset !== null && !dataset.broken;
    };
    /**
     * Why a dataset cannot be changed here; empty if it can, or if that is not known.
     */
    const readOnly = (args: ReadonlyPartialJSONObject): string =>
      known(args)?.read_only ?? '';

    commands.addCommand(CommandIDs.inspect, {
      label: trans.__('Inspect'),
      isVisible: args => (repoOf(args) ?? nameOf(args)) !== null,
      execute: async args => {
        const id = repoOf(args) ?? nameOf(args);
        if (id !== null) {
          const workbench = await panel.load();
          const { showDataset } = await import('../widgets/main');
          showDataset(workbench, id);
        }
      },
      describedBy
    });
    commands.addCommand(CommandIDs.adopt, {
      label: trans.__('Adopt…'),
      caption: trans.__('Add this dataset on the Hub to the catalog'),
      isVisible: args => repoOf(args) !== null,
      execute: async args => {
        const repoId = repoOf(args);
        if (repoId !== null) {
          const workbench = await panel.load();
          const { adoptDataset } = await import('../widgets/main');
          await adoptDataset(workbench, repoId);
        }
      },
      describedBy: {
        args: {
          type: 'object',
          properties: {
            repo_id: { type: 'string', description: 'Its id on the Hub.' }
          }
        }
      }
    });
    commands.addCommand(CommandIDs.edit, {
      label: trans.__('Edit'),
      caption: readOnly,
      isVisible: isReadable,
      isEnabled: args => !readOnly(args),
      execute: async args => {
        const name = nameOf(args);
        if (name !== null) {
          const workbench = await panel.load();
          const { editDataset } = await import('../widgets/main');
          await editDataset(workbench, name);
        }
      },
      describedBy
    });
    commands.addCommand(CommandIDs.openNotebook, {
      label: trans.__('Open loader notebook'),
      isVisible: isReadable,
      execute: async args => {
        const name = nameOf(args);
        const { openLoaderNotebook } = await import('../widgets/main');
        if (name !== null) {
          await openLoaderNotebook(await panel.load(), name);
        }
      },
      describedBy
    });
    commands.addCommand(CommandIDs.insertLoader, {
      label: trans.__('Insert loader into the active notebook'),
      isVisible: args => isReadable(args) && notebooks !== null,
      isEnabled: () => !!notebooks?.currentWidget,
      execute: async args => {
        const name = nameOf(args);
        const { insertLoader } = await import('../widgets/main');
        if (name !== null) {
          await insertLoader(await panel.load(), name);
        }
      },
      describedBy
    });
    commands.addCommand(CommandIDs.copyPath, {
      label: trans.__('Copy path of the data'),
      isVisible: args => !!known(args)?.data_path,
      execute: args => {
        Clipboard.copyToSystem(known(args)?.data_path ?? '');
      },
      describedBy
    });
    commands.addCommand(CommandIDs.openOnHub, {
      label: trans.__('Open on the Hub'),
      isVisible: args => /^https?:/.test(known(args)?.repo_url ?? ''),
      execute: args => {
        const url = known(args)?.repo_url;
        if (url) {
          window.open(url, '_blank', 'noopener,noreferrer');
        }
      },
      describedBy
    });
    commands.addCommand(CommandIDs.retire, {
      label: trans.__('Retire…'),
      caption: readOnly,
      isVisible: args => nameOf(args) !== null,
      isEnabled: args => !readOnly(args),
      execute: async args => {
        const name = nameOf(args);
        if (name !== null) {
          const workbench = await panel.load();
          const { retireDataset } = await import('../widgets/main');
          await retireDataset(workbench, name);
        }
      },
      describedBy
    });
  }
};
