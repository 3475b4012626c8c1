import type {
  JupyterFrontEnd,
  JupyterFrontEndPlugin
} from '@jupyterlab/application';
import { ICommandPalette } from '@jupyterlab/apputils';
import { ITranslator, nullTranslator } from '@jupyterlab/translation';
import { refreshIcon } from '@jupyterlab/ui-components';

import { CommandIDs } from '../commands';
import { catalogIcon, draftsIcon } from '../icons';
import { CatalogPanel, ICatalogPanel } from './CatalogPanel';

/**
 * The description of a command without arguments.
 */
const noArguments = { args: { type: 'object', properties: {} } } as const;

/**
 * Adds the commands of the panel, also to the command palette.
 */
export const panelCommandsPlugin: JupyterFrontEndPlugin<void> = {
  id: 'huggingnersc-lab:commands',
  description: 'Adds the commands that open the catalog and catalog a dataset.',
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
      caption: trans.__(
        'Add a dataset to the catalog, so that others can find it'
      ),
      icon: args => (args['isLauncher'] ? catalogIcon : undefined),
      execute: async args => {
        const path = args['contents_path'];
        const workbench = await panel.load();
        const { createDraft } = await import('../widgets/main');
        await createDraft(
          workbench,
          typeof path === 'string' ? path : undefined
        );
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
      execute: async () => {
        const workbench = await panel.load();
        const { refresh } = await import('../widgets/main');
        await refresh(workbench, true);
      },
      describedBy: noArguments
    });
    commands.addCommand(CommandIDs.showDrafts, {
      label: trans.__('Show drafts of datasets'),
      caption: trans.__('Drafts'),
      icon: draftsIcon,
      execute: async () => {
        const workbench = await panel.load();
        const { showDrafts } = await import('../widgets/main');
        showDrafts(workbench);
      },
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
