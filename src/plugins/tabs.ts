import {
  ILayoutRestorer,
  type JupyterFrontEnd,
  type JupyterFrontEndPlugin
} from '@jupyterlab/application';
import { WidgetTracker } from '@jupyterlab/apputils';
import { ITranslator, nullTranslator } from '@jupyterlab/translation';

import { CommandIDs } from '../commands';
import type { DraftTab } from '../widgets/main';
import { CatalogPanel, ICatalogPanel } from './CatalogPanel';

/**
 * Opens drafts in tabs of the main area, and again after a reload.
 */
export const tabsPlugin: JupyterFrontEndPlugin<void> = {
  id: 'huggingnersc-lab:tabs',
  description: 'Opens drafts in tabs of the main area.',
  autoStart: true,
  requires: [ICatalogPanel],
  optional: [ITranslator, ILayoutRestorer],
  activate: (
    app: JupyterFrontEnd,
    panel: CatalogPanel,
    translator: ITranslator | null,
    restorer: ILayoutRestorer | null
  ): void => {
    const trans = (translator ?? nullTranslator).load('huggingnersc_lab');
    const { commands, shell } = app;
    const tracker = new WidgetTracker<DraftTab>({
      namespace: 'huggingnersc-lab-drafts'
    });
    tracker.currentChanged.connect((_, tab) => {
      if (panel.loaded) {
        panel.loaded.tabDraft = tab?.draft ?? null;
      }
    });
    const activate = (id: string): DraftTab | null => {
      const tab = tracker.find(({ draft }) => draft.id === id) ?? null;
      if (tab) {
        shell.activateById(tab.id);
      }
      return tab;
    };
    commands.addCommand(CommandIDs.openDraft, {
      label: trans.__('Open a draft in a tab'),
      execute: async args => {
        const id = String(args['draft_id'] ?? '');
        const open = activate(id);
        if (open) {
          return open;
        }
        const workbench = await panel.load();
        const draft = await workbench.drafts.open(id);
        if (!draft) {
          // When tabs are restored, the draft may have been published since.
          return null;
        }
        const { DraftTab } = await import('../widgets/main');
        const meanwhile = activate(id);
        if (meanwhile) {
          return meanwhile;
        }
        const tab = new DraftTab(workbench, draft);
        await tracker.add(tab);
        shell.add(tab, 'main');
        return tab;
      },
      describedBy: {
        args: {
          type: 'object',
          properties: {
            draft_id: { type: 'string', description: 'Id of the draft.' }
          },
          required: ['draft_id']
        }
      }
    });
    void restorer?.restore(tracker, {
      command: CommandIDs.openDraft,
      args: ({ draft }) => ({ draft_id: draft.id }),
      name: ({ draft }) => draft.id
    });
  }
};
