import {
  ILayoutRestorer,
  type JupyterFrontEnd,
  type JupyterFrontEndPlugin
} from '@jupyterlab/application';
import { ICommandPalette, WidgetTracker } from '@jupyterlab/apputils';
import { IRenderMimeRegistry } from '@jupyterlab/rendermime';
import { ITranslator, nullTranslator } from '@jupyterlab/translation';

import { CommandIDs } from '../commands';
import type { GuidePage } from '../guide/pages';
import { helpIcon } from '../icons';
import type { GuideTab } from '../guide/GuideTab';

/**
 * Opens the user guide in a tab of the main area, and again after a reload.
 */
export const guidePlugin: JupyterFrontEndPlugin<void> = {
  id: 'huggingnersc-lab:guide',
  description: 'Opens the user guide.',
  autoStart: true,
  optional: [
    ITranslator,
    IRenderMimeRegistry,
    ILayoutRestorer,
    ICommandPalette
  ],
  activate: (
    app: JupyterFrontEnd,
    translator: ITranslator | null,
    rendermime: IRenderMimeRegistry | null,
    restorer: ILayoutRestorer | null,
    palette: ICommandPalette | null
  ): void => {
    const trans = (translator ?? nullTranslator).load('huggingnersc_lab');
    const { commands, shell } = app;
    const tracker = new WidgetTracker<GuideTab>({
      namespace: 'huggingnersc-lab-guide'
    });
    const activate = (page: GuidePage): GuideTab | null => {
      const tab = tracker.find(open => open.page === page) ?? null;
      if (tab) {
        shell.activateById(tab.id);
      }
      return tab;
    };
    commands.addCommand(CommandIDs.openGuide, {
      label: trans.__('Dataset Catalog User Guide'),
      caption: trans.__('Help'),
      icon: args => (args['isMenu'] ? undefined : helpIcon),
      execute: async args => {
        const { isPage, makeGuideTab } = await import('../guide/GuideTab');
        const page = isPage(args['page']) ? args['page'] : 'user-guide';
        const open = activate(page);
        if (open) {
          return open;
        }
        const tab = await makeGuideTab(
          page,
          rendermime,
          other => void commands.execute(CommandIDs.openGuide, { page: other })
        );
        const meanwhile = activate(page);
        if (meanwhile) {
          tab.dispose();
          return meanwhile;
        }
        await tracker.add(tab);
        shell.add(tab, 'main');
        return tab;
      },
      describedBy: {
        args: {
          type: 'object',
          properties: {
            page: {
              type: 'string',
              description: "Name of a page, such as 'reference/search'."
            },
            isMenu: { type: 'boolean' }
          }
        }
      }
    });
    palette?.addItem({
      command: CommandIDs.openGuide,
      category: trans.__('Dataset catalog'),
      args: { isMenu: true }
    });
    void restorer?.restore(tracker, {
      command: CommandIDs.openGuide,
      args: ({ page }) => ({ page }),
      name: ({ page }) => page
    });
  }
};
