import {
  ILabShell,
  ILayoutRestorer,
  type JupyterFrontEnd,
  type JupyterFrontEndPlugin
} from '@jupyterlab/application';
import {
  createToolbarFactory,
  IToolbarWidgetRegistry,
  Notification,
  setToolbar
} from '@jupyterlab/apputils';
import { IEditorServices } from '@jupyterlab/codeeditor';
import { IDocumentManager } from '@jupyterlab/docmanager';
import { IDefaultFileBrowser } from '@jupyterlab/filebrowser';
import { INotebookTracker } from '@jupyterlab/notebook';
import { ISettingRegistry } from '@jupyterlab/settingregistry';
import { IStateDB } from '@jupyterlab/statedb';
import { ITranslator, nullTranslator } from '@jupyterlab/translation';

import { CommandIDs, PLUGIN_ID } from '../commands';
import type { Workbench } from '../models/workbench';
import { ICatalogSession } from '../tokens';
import { CatalogPanel, ICatalogPanel } from './CatalogPanel';
import { loadSettings } from './loadSettings';

/**
 * The name of the panel's toolbar in the settings.
 */
const TOOLBAR = 'HuggingNERSC';

/**
 * Adds the panel to the left sidebar.
 */
export const panelPlugin: JupyterFrontEndPlugin<CatalogPanel> = {
  id: 'huggingnersc-lab:panel',
  description: 'Adds the dataset catalog to the sidebar.',
  autoStart: true,
  provides: ICatalogPanel,
  requires: [ICatalogSession],
  optional: [
    ITranslator,
    ISettingRegistry,
    IToolbarWidgetRegistry,
    ILayoutRestorer,
    IStateDB,
    IEditorServices,
    IDocumentManager,
    IDefaultFileBrowser,
    INotebookTracker,
    ILabShell
  ],
  activate: (
    app: JupyterFrontEnd,
    session: ICatalogSession,
    translator: ITranslator | null,
    settingRegistry: ISettingRegistry | null,
    toolbars: IToolbarWidgetRegistry | null,
    restorer: ILayoutRestorer | null,
    state: IStateDB | null,
    editors: IEditorServices | null,
    docManager: IDocumentManager | null,
    fileBrowser: IDefaultFileBrowser | null,
    notebooks: INotebookTracker | null,
    labShell: ILabShell | null
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
      editors,
      docManager,
      fileBrowser,
      notebooks
    };
    const load = async (panel: CatalogPanel): Promise<Workbench> => {
      const { CatalogClient, CatalogSidebar, startWorkbench } =
        await import('../widgets/main').catch((reason: unknown) => {
          // After an upgrade the server may not have the old version's files any more.
          Notification.error(
            trans.__(
              'The dataset catalog could not be loaded. Reload the page, then open it again.'
            ),
            { autoClose: false }
          );
          throw reason;
        });
      const workbench = await startWorkbench(
        {
          ...services,
          client: new CatalogClient(serviceManager.serverSettings, trans),
          settings: await loadSettings(settingRegistry),
          reveal: () => {
            // Jupyter Notebook would close a panel that is open already.
            if (labShell || !panel.isVisible) {
              shell.activateById(panel.id);
            }
          },
          isVisible: () => panel.isVisible,
          openTab:
            labShell &&
            (draft_id =>
              void commands.execute(CommandIDs.openDraft, { draft_id }))
        },
        state
      );
      followVisibility(panel, workbench);
      panel.addWidget(new CatalogSidebar(workbench));
      return workbench;
    };
    const onShown = async (workbench: Workbench): Promise<void> => {
      const { refresh } = await import('../widgets/main');
      await refresh(workbench);
    };
    const panel = new CatalogPanel(
      trans.__('Dataset catalog'),
      load,
      workbench => void onShown(workbench)
    );
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
 * Let the jobs be followed while somebody can see the panel: another program may begin some.
 */
function followVisibility(panel: CatalogPanel, workbench: Workbench): void {
  const { jobs } = workbench;
  const follow = (): void => {
    jobs.isWatched = panel.isVisible && !document.hidden;
  };
  const onVisibility = (): void => {
    follow();
    if (panel.isVisible && !document.hidden) {
      // The stream tells of the jobs there are, not of those that went meanwhile.
      void jobs.refresh();
    }
  };
  panel.stateChanged.connect(follow);
  document.addEventListener('visibilitychange', onVisibility);
  panel.disposed.connect(() => {
    document.removeEventListener('visibilitychange', onVisibility);
    jobs.dispose();
  });
}
