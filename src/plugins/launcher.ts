import type {
  JupyterFrontEnd,
  JupyterFrontEndPlugin
} from '@jupyterlab/application';
import { ILauncher } from '@jupyterlab/launcher';

import { CommandIDs } from '../commands';
import { CatalogPanel, ICatalogPanel } from './CatalogPanel';

/**
 * Adds a card to the launcher.
 */
export const launcherPlugin: JupyterFrontEndPlugin<void> = {
  id: 'huggingnersc-lab:launcher',
  description: 'Adds a card to the launcher that catalogs a dataset.',
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
      category: CATEGORY
    });
  }
};

/**
 * The key of one of the launcher's own categories.
 */
const CATEGORY = 'Other';
