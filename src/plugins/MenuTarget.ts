import type { JupyterFrontEnd } from '@jupyterlab/application';

import type { IDatasetInfo } from '../models/datasetLookup';
import type { CatalogPanel } from './CatalogPanel';

/**
 * The dataset that a context menu was opened for.
 */
export interface IMenuTarget {
  /**
   * The nickname; null for a dataset that is only on the Hub.
   */
  readonly name: string | null;
  /**
   * The `repo_id` of a dataset that is only on the Hub; else null.
   */
  readonly repo_id: string | null;
  readonly info: IDatasetInfo | null;
}

/**
 * Remembers which dataset the context menu was opened for. While the menu is open, the list may be
 * refreshed: the row may then show another dataset, or none, but the menu stays for the same one.
 */
export class MenuTarget {
  constructor(
    private readonly _app: Pick<JupyterFrontEnd, 'contextMenuHitTest'>,
    private readonly _panel: CatalogPanel
  ) {
    // Capture it before JupyterLab opens the menu.
    _panel.node.addEventListener('contextmenu', this, true);
  }

  /**
   * The dataset of the last context menu; null if that was for something else.
   */
  get current(): IMenuTarget | null {
    const { _node: node } = this;
    return node && this._app.contextMenuHitTest(it => it === node)
      ? this._target
      : null;
  }

  handleEvent(event: Event): void {
    const { target } = event;
    this._node =
      target instanceof Element
        ? target.closest<HTMLElement>('[data-hnl-name], [data-hnl-repo]')
        : null;
    const { hnlName = null, hnlRepo = null } = this._node?.dataset ?? {};
    const id = hnlRepo ?? hnlName;
    this._target = {
      name: hnlName,
      repo_id: hnlRepo,
      info: id === null ? null : this._find(id)
    };
  }

  private _find(id: string): IDatasetInfo | null {
    return this._panel.loaded?.datasets.find(id) ?? null;
  }

  private _node: HTMLElement | null = null;
  private _target: IMenuTarget | null = null;
}
