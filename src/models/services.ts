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
 * What the panel uses of JupyterLab and of the server. A part that this application lacks is null.
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
   * Open the sidebar at the panel.
   */
  reveal: () => void;
  /**
   * Whether the panel is visible.
   */
  isVisible: () => boolean;
  /**
   * Open a draft in a tab of the main area; null in applications without tabs, such as Jupyter
   * Notebook.
   */
  openTab: ((draftId: string) => void) | null;
}
