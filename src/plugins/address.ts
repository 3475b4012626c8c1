import {
  ILabShell,
  IRouter,
  type JupyterFrontEnd,
  type JupyterFrontEndPlugin
} from '@jupyterlab/application';
import { IDefaultFileBrowser } from '@jupyterlab/filebrowser';
import { Token } from '@lumino/coreutils';

import { PageAddress } from './PageAddress';

/**
 * The panel's part of the page's URL, for the plugins that read and write it.
 */
export const IPageAddress = new Token<PageAddress>(
  'huggingnersc-lab:IPageAddress',
  'The part of the page’s URL that is about the dataset catalog.'
);

/**
 * Keeps what the panel shows in the page's URL.
 */
export const addressPlugin: JupyterFrontEndPlugin<PageAddress> = {
  id: 'huggingnersc-lab:addresses',
  description: 'Keeps what the catalog shows in the URL of the page.',
  autoStart: true,
  provides: IPageAddress,
  optional: [IRouter, ILabShell, IDefaultFileBrowser],
  activate: (
    app: JupyterFrontEnd,
    router: IRouter | null,
    labShell: ILabShell | null,
    fileBrowser: IDefaultFileBrowser | null
  ): PageAddress => {
    const address = new PageAddress();
    // In a new task, after JupyterLab's own handlers of these signals and their promises.
    const putBack = (): void => {
      setTimeout(() => address.putBack());
    };
    labShell?.currentPathChanged.connect(putBack);
    labShell?.modeChanged.connect(putBack);
    fileBrowser?.model.pathChanged.connect(putBack);
    void app.restored.then(putBack);
    router?.routed.connect(() => address.follow());
    return address;
  }
};
