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
import { MenuTarget } from './MenuTarget';

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
    const menu = new MenuTarget(app, panel);
    const nameOf = (args: ReadonlyPartialJSONObject): string | null => {
      if (typeof args['name'] === 'string') {
        return args['name'];
      }
      const view = panel.loaded?.navigation.view;
      return menu.current?.name ?? (view?.kind === 'entry' ? view.name : null);
    };
    const repoOf = (args: ReadonlyPartialJSONObject): string | null =>
      typeof args['repo_id'] === 'string'
        ? args['repo_id']
        : (menu.current?.repo_id ?? null);
    const infoOf = (args: ReadonlyPartialJSONObject): IDatasetInfo | null => {
      const id = repoOf(args) ?? nameOf(args);
      const found =
        id === null ? null : (panel.loaded?.datasets.find(id) ?? null);
      const target = menu.current;
      return target && id === (target.repo_id ?? target.name)
        ? (found ?? target.info)
        : found;
    };
    const isReadable = (args: ReadonlyPartialJSONObject): boolean => {
      const info = repoOf(args) === null ? infoOf(args) : null;
      return info !== null && !info.broken;
    };
    /**
     * Why a dataset cannot be changed here; empty if it can, or if that is not known.
     */
    const readOnly = (args: ReadonlyPartialJSONObject): string =>
      infoOf(args)?.read_only ?? '';

    commands.addCommand(CommandIDs.inspect, {
      label: trans.__('Show dataset'),
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
        if (name !== null) {
          const workbench = await panel.load();
          const { openLoaderNotebook } = await import('../widgets/main');
          await openLoaderNotebook(workbench, name);
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
        if (name !== null) {
          const workbench = await panel.load();
          const { insertLoader } = await import('../widgets/main');
          await insertLoader(workbench, name);
        }
      },
      describedBy
    });
    commands.addCommand(CommandIDs.copyPath, {
      label: trans.__('Copy path of the data'),
      isVisible: args => !!infoOf(args)?.data_path,
      execute: args => {
        Clipboard.copyToSystem(infoOf(args)?.data_path ?? '');
      },
      describedBy
    });
    commands.addCommand(CommandIDs.openOnHub, {
      label: trans.__('Open on the Hub'),
      isVisible: args => /^https?:/.test(infoOf(args)?.repo_url ?? ''),
      execute: args => {
        const url = infoOf(args)?.repo_url;
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
