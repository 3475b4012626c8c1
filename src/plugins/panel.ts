import {
  ILayoutRestorer,
  type JupyterFrontEnd,
  type JupyterFrontEndPlugin
} from '@jupyterlab/application';
import {
  createToolbarFactory,
  IToolbarWidgetRegistry,
  setToolbar
} from '@jupyterlab/apputils';
import { IEditorServices } from '@jupyterlab/codeeditor';
import { IDocumentManager } from '@jupyterlab/docmanager';
import { IDefaultFileBrowser } from '@jupyterlab/filebrowser';
import { INotebookTracker } from '@jupyterlab/notebook';
import { IRenderMimeRegistry } from '@jupyterlab/rendermime';
import { ISettingRegistry } from '@jupyterlab/settingregistry';
import { IStateDB } from '@jupyterlab/statedb';
import { ITranslator, nullTranslator } from '@jupyterlab/translation';

import { CommandIDs, PLUGIN_ID } from '../commands';
import type { View } from '../models/navigation';
import { ICatalogSession } from '../tokens';
import type { Workbench } from '../widgets/main';
import { CatalogPanel, ICatalogPanel } from './CatalogPanel';

/**
 * What the settings call the panel's toolbar.
 */
const TOOLBAR = 'HuggingNERSC';

/**
 * Key of what the panel showed last.
 */
const VIEW_KEY = 'huggingnersc-lab:view';

/**
 * Adds the panel to the left sidebar.
 */
export const panelPlugin: JupyterFrontEndPlugin<CatalogPanel> = {
  id: 'huggingnersc-lab:panel',
  description: 'Adds the catalog of datasets to the sidebar.',
  autoStart: true,
  provides: ICatalogPanel,
  requires: [ICatalogSession],
  optional: [
    ITranslator,
    ISettingRegistry,
    IToolbarWidgetRegistry,
    ILayoutRestorer,
    IStateDB,
    IRenderMimeRegistry,
    IEditorServices,
    IDocumentManager,
    IDefaultFileBrowser,
    INotebookTracker
  ],
  activate: (
    app: JupyterFrontEnd,
    session: ICatalogSession,
    translator: ITranslator | null,
    settingRegistry: ISettingRegistry | null,
    toolbars: IToolbarWidgetRegistry | null,
    restorer: ILayoutRestorer | null,
    state: IStateDB | null,
    rendermime: IRenderMimeRegistry | null,
    editors: IEditorServices | null,
    docManager: IDocumentManager | null,
    fileBrowser: IDefaultFileBrowser | null,
    notebooks: INotebookTracker | null
  ): CatalogPanel => {
    translator ??= nullTranslator;
    const trans = translator.load('huggingnersc_lab');
    const { commands, serviceManager, shell } = app;
    const services = {
      session,
      commands,
      contents: serviceManager.contents,
      kernelspecs: serviceManager.kernelspecs,
      translator,
      trans,
      rendermime,
      editors,
      docManager,
      fileBrowser,
      notebooks
    };
    const load = async (panel: CatalogPanel): Promise<Workbench> => {
      const { CatalogClient, CatalogSidebar, Workbench } =
        await import('../widgets/main');
      const workbench = new Workbench({
        ...services,
        client: new CatalogClient(serviceManager.serverSettings),
        settings: (await settingRegistry?.load(PLUGIN_ID)) ?? null,
        reveal: () => shell.activateById(panel.id),
        isVisible: () => panel.isVisible,
        openTab: draft_id =>
          void commands.execute(CommandIDs.openDraft, { draft_id })
      });
      if (state) {
        await keepView(workbench, state);
      }
      panel.addWidget(new CatalogSidebar(workbench));
      return workbench;
    };
    const panel = new CatalogPanel(trans.__('Dataset catalog'), load);
    if (toolbars && settingRegistry) {
      toolbars.addFactory(TOOLBAR, 'title', () => panel.makeTitle());
      setToolbar(
        panel,
        createToolbarFactory(
          toolbars,
          settingRegistry,
          TOOLBAR,
          PLUGIN_ID,
          translator
        )
      );
    }
    restorer?.add(panel, panel.id);
    shell.add(panel, 'left', { rank: 650, type: 'Dataset catalog' });
    return panel;
  }
};

/**
 * Show what was shown before the page was reloaded, and remember it from now on.
 */
async function keepView(workbench: Workbench, state: IStateDB): Promise<void> {
  const { navigation } = workbench;
  const view = (await state.fetch(VIEW_KEY)) as View | undefined;
  if (view) {
    await workbench.restore(view);
  }
  navigation.stateChanged.connect(() => {
    void state.save(VIEW_KEY, { ...navigation.view });
  });
}
