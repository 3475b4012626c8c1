import type { IEditorServices } from '@jupyterlab/codeeditor';
import type { IDocumentManager } from '@jupyterlab/docmanager';
import type { IDefaultFileBrowser } from '@jupyterlab/filebrowser';
import type { INotebookTracker } from '@jupyterlab/notebook';
import type { Contents, KernelSpec } from '@jupyterlab/services';
import type { ISettingRegistry } from '@jupyterlab/settingregistry';
import type { ITranslator, TranslationBundle } from '@jupyterlab/translation';
import type { CommandRegistry } from '@lumino/commands';

import type { CatalogClient } from '../api/client';
import type { ICatalogSession } from '../tokens';

/**
 * What the panel stands on. Parts of JupyterLab that are null are missing in this application.
 */
export interface IServices {
  client: CatalogClient;
  session: ICatalogSession;
  commands: CommandRegistry;
  contents: Contents.IManager;
  kernelspecs: KernelSpec.IManager;
  settings: ISettingRegistry.ISettings | null;
  translator: ITranslator;
  trans: TranslationBundle;
  editors: IEditorServices | null;
  docManager: IDocumentManager | null;
  fileBrowser: IDefaultFileBrowser | null;
  notebooks: INotebookTracker | null;
  /**
   * Bring the sidebar to the front.
   */
  reveal: () => void;
  /**
   * Whether somebody can see the sidebar.
   */
  isVisible: () => boolean;
  /**
   * Open a draft in a tab of the main area; null where there are none, as in Jupyter Notebook.
   */
  openTab: ((draftId: string) => void) | null;
}
