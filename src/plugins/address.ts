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
 * The panel's part of the page's address, for the plugins that read and write it.
 */
export const IPageAddress = new Token<PageAddress>(
  'huggingnersc-lab:IPageAddress',
  'The part of the page’s address that is about the catalog of datasets.'
);

/**
 * Keeps what the panel shows in the page's address.
 */
export const addressesPlugin: JupyterFrontEndPlugin<PageAddress> = {
  id: 'huggingnersc-lab:addresses',
  description: 'Keeps what the catalog shows in the address of the page.',
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
    // JupyterLab's own answers to these signals are given by then, those after a promise too.
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
