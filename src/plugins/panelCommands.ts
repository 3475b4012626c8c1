import type {
  JupyterFrontEnd,
  JupyterFrontEndPlugin
} from '@jupyterlab/application';
import { ICommandPalette } from '@jupyterlab/apputils';
import { ILauncher } from '@jupyterlab/launcher';
import { ITranslator, nullTranslator } from '@jupyterlab/translation';
import { editIcon, refreshIcon } from '@jupyterlab/ui-components';

import { CommandIDs } from '../commands';
import { catalogIcon } from '../icons';
import { CatalogPanel, ICatalogPanel } from './CatalogPanel';

/**
 * A command's description that takes no argument.
 */
const noArguments = { args: { type: 'object', properties: {} } } as const;

/**
 * Adds the commands of the panel itself, and the command palette's lines for them.
 */
export const waysPlugin: JupyterFrontEndPlugin<void> = {
  id: 'huggingnersc-lab:commands',
  description: 'Adds the commands that open the catalog and begin an entry.',
  autoStart: true,
  requires: [ICatalogPanel],
  optional: [ITranslator, ICommandPalette],
  activate: (
    app: JupyterFrontEnd,
    panel: CatalogPanel,
    translator: ITranslator | null,
    palette: ICommandPalette | null
  ): void => {
    const trans = (translator ?? nullTranslator).load('huggingnersc_lab');
    const { commands, shell } = app;
    commands.addCommand(CommandIDs.show, {
      label: trans.__('Show the dataset catalog'),
      icon: catalogIcon,
      execute: () => shell.activateById(panel.id),
      describedBy: noArguments
    });
    commands.addCommand(CommandIDs.create, {
      label: args =>
        args['isLauncher']
          ? trans.__('Catalog a dataset')
          : trans.__('Catalog a Dataset…'),
      caption: trans.__('Make a dataset findable for others'),
      icon: args => (args['isLauncher'] ? catalogIcon : undefined),
      execute: async args => {
        const path = args['contents_path'];
        const workbench = await panel.load();
        await workbench.create(typeof path === 'string' ? path : undefined);
      },
      describedBy: {
        args: {
          type: 'object',
          properties: {
            contents_path: {
              type: 'string',
              description: 'Folder or file of the data, as a contents path.'
            },
            isLauncher: { type: 'boolean' }
          }
        }
      }
    });
    commands.addCommand(CommandIDs.refresh, {
      label: trans.__('Refresh the dataset catalog'),
      caption: trans.__('Refresh'),
      icon: refreshIcon,
      execute: async () => (await panel.load()).refresh(true),
      describedBy: noArguments
    });
    commands.addCommand(CommandIDs.showDrafts, {
      label: trans.__('Show drafts of catalog entries'),
      caption: trans.__('Drafts'),
      icon: editIcon,
      execute: async () => (await panel.load()).showDrafts(),
      describedBy: noArguments
    });
    const category = trans.__('Dataset catalog');
    for (const command of [
      CommandIDs.show,
      CommandIDs.create,
      CommandIDs.showDrafts
    ]) {
      palette?.addItem({ command, category });
    }
  }
};

const LAUNCHER_CATEGORY = 'Other';

/**
 * Adds a card to the launcher.
 */
export const launcherPlugin: JupyterFrontEndPlugin<void> = {
  id: 'huggingnersc-lab:launcher',
  description: 'Adds a card to the launcher that begins an entry.',
  autoStart: true,
  requires: [ICatalogPanel],
  // Jupyter Notebook has none.
  optional: [ILauncher],
  activate: (
    _app: JupyterFrontEnd,
    _panel: CatalogPanel,
    launcher: ILauncher | null
  ): void => {
    launcher?.add({
      command: CommandIDs.create,
      args: { isLauncher: true },
      // One of the launcher's own categories, by its key.
      category: LAUNCHER_CATEGORY
    });
  }
};
