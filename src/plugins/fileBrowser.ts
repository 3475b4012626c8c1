import type {
  JupyterFrontEnd,
  JupyterFrontEndPlugin
} from '@jupyterlab/application';
import { PathExt } from '@jupyterlab/coreutils';
import { IFileBrowserFactory } from '@jupyterlab/filebrowser';
import type { Contents } from '@jupyterlab/services';
import { ITranslator, nullTranslator } from '@jupyterlab/translation';

import { CommandIDs } from '../commands';
import { catalogIcon } from '../icons';
import { memberFor } from '../models/scripts';
import type { ScriptMember } from '../types/scripts';
import { CatalogPanel, ICatalogPanel } from './CatalogPanel';

const noArguments = { args: { type: 'object', properties: {} } } as const;

/**
 * Adds commands for datasets and scripts to the file browser's context menu.
 */
export const fileBrowserPlugin: JupyterFrontEndPlugin<void> = {
  id: 'huggingnersc-lab:file-browser',
  description: 'Adds commands for datasets to the file browser.',
  autoStart: true,
  requires: [ICatalogPanel],
  optional: [IFileBrowserFactory, ITranslator],
  activate: (
    app: JupyterFrontEnd,
    panel: CatalogPanel,
    fileBrowsers: IFileBrowserFactory | null,
    translator: ITranslator | null
  ): void => {
    const trans = (translator ?? nullTranslator).load('huggingnersc_lab');
    const { commands, serviceManager } = app;
    /**
     * The selected item, if exactly one is selected.
     */
    const selected = (): Contents.IModel | null => {
      const items = [
        ...(fileBrowsers?.tracker.currentWidget?.selectedItems() ?? [])
      ];
      return items.length === 1 ? (items[0] ?? null) : null;
    };
    const pathOf = (item: Contents.IModel): string =>
      serviceManager.contents.localPath(item.path);

    commands.addCommand(CommandIDs.createFromBrowser, {
      label: trans.__('Catalog this dataset…'),
      icon: catalogIcon,
      isVisible: () => {
        const item = selected();
        return (
          item !== null &&
          (item.type === 'directory' ||
            (memberFor(item.path) === null &&
              PathExt.extname(item.path) !== '.ipynb'))
        );
      },
      execute: async () => {
        const item = selected();
        if (item) {
          const workbench = await panel.load();
          const { createDraft } = await import('../widgets/main');
          await createDraft(workbench, pathOf(item));
        }
      },
      describedBy: noArguments
    });
    const scriptCommand = (member: ScriptMember, label: string) => ({
      label,
      isVisible: () => {
        const item = selected();
        return (
          item !== null &&
          item.type !== 'directory' &&
          memberFor(item.path) === member
        );
      },
      execute: async () => {
        const item = selected();
        if (item) {
          const workbench = await panel.load();
          const { setScript } = await import('../widgets/main');
          await setScript(workbench, member, pathOf(item));
        }
      },
      describedBy: noArguments
    });
    commands.addCommand(
      CommandIDs.useAsLoader,
      scriptCommand('loader', trans.__('Use as loader'))
    );
    commands.addCommand(
      CommandIDs.useAsBatchScript,
      scriptCommand('batch_script', trans.__('Use as batch script'))
    );
  }
};
