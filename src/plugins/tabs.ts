import {
  ILayoutRestorer,
  type JupyterFrontEnd,
  type JupyterFrontEndPlugin
} from '@jupyterlab/application';
import { WidgetTracker } from '@jupyterlab/apputils';
import { ITranslator, nullTranslator } from '@jupyterlab/translation';

import { CommandIDs } from '../commands';
import type { EntryEditor } from '../widgets/main';
import { CatalogPanel, ICatalogPanel } from './CatalogPanel';

/**
 * Opens drafts in tabs of the main area, and again after a reload.
 */
export const tabsPlugin: JupyterFrontEndPlugin<void> = {
  id: 'huggingnersc-lab:tabs',
  description: 'Opens drafts of catalog entries in tabs of the main area.',
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
    const tracker = new WidgetTracker<EntryEditor>({
      namespace: 'huggingnersc-lab-drafts'
    });
    tracker.currentChanged.connect((_, editor) => {
      if (panel.loaded) {
        panel.loaded.tabDraft = editor?.draft ?? null;
      }
    });
    const activate = (id: string): EntryEditor | null => {
      const editor = tracker.find(({ draft }) => draft.id === id) ?? null;
      if (editor) {
        shell.activateById(editor.id);
      }
      return editor;
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
          // After a reload it may be published by now: nothing to say then.
          return null;
        }
        const { EntryEditor } = await import('../widgets/main');
        const meanwhile = activate(id);
        if (meanwhile) {
          return meanwhile;
        }
        const editor = new EntryEditor(workbench, draft);
        await tracker.add(editor);
        shell.add(editor, 'main');
        return editor;
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
