import { PanelWithToolbar } from '@jupyterlab/ui-components';
import { Token } from '@lumino/coreutils';
import type { Message } from '@lumino/messaging';
import { type ISignal, Signal } from '@lumino/signaling';
import { Widget } from '@lumino/widgets';

import { catalogIcon } from '../icons';
import type { Workbench } from '../models/workbench';

/**
 * The panel in the sidebar. Its content is loaded when it is first shown.
 */
export class CatalogPanel extends PanelWithToolbar {
  /**
   * @param caption - The name to show.
   * @param _load - Loads the content.
   * @param _onShown - Called each time the panel is shown, after the content is loaded.
   */
  constructor(
    caption: string,
    private readonly _load: (panel: CatalogPanel) => Promise<Workbench>,
    private readonly _onShown: (workbench: Workbench) => void
  ) {
    super();
    this.id = 'huggingnersc-lab-sidebar';
    this.addClass('hnl-Panel');
    this.title.icon = catalogIcon;
    this.title.caption = caption;
    this.toolbar.node.setAttribute('aria-label', caption);
    this.addWidget(this.toolbar);
    this.node.setAttribute('role', 'region');
    this.node.setAttribute('aria-label', caption);
    this.node.tabIndex = -1;
  }

  /**
   * The panel's models, if they are loaded.
   */
  get loaded(): Workbench | null {
    return this._loaded;
  }

  /**
   * Emitted when the content is loaded, and when the panel is shown or hidden.
   */
  get stateChanged(): ISignal<this, void> {
    return this._stateChanged;
  }

  /**
   * The panel's title, for its toolbar.
   */
  makeTitle(): Widget {
    const title = new Widget();
    title.addClass('hnl-Panel-title');
    const heading = document.createElement('h2');
    heading.textContent = this.title.caption;
    title.node.append(heading);
    return title;
  }

  /**
   * Load the content, once.
   */
  load(): Promise<Workbench> {
    this._loading ??= this._load(this).then(
      workbench => {
        this._loaded = workbench;
        this._stateChanged.emit();
        return workbench;
      },
      (reason: unknown) => {
        // It can be tried again.
        this._loading = null;
        throw reason;
      }
    );
    return this._loading;
  }

  /**
   * The user who opens the panel continues there.
   */
  protected override onActivateRequest(message: Message): void {
    super.onActivateRequest(message);
    if (!this.node.contains(document.activeElement)) {
      this.node.focus({ preventScroll: true });
    }
  }

  protected override onAfterShow(message: Message): void {
    super.onAfterShow(message);
    this._onVisible();
  }

  /**
   * A panel that is added to an open sidebar gets no message that it is shown.
   */
  protected override onAfterAttach(message: Message): void {
    super.onAfterAttach(message);
    if (this.isVisible) {
      this._onVisible();
    }
  }

  protected override onAfterHide(message: Message): void {
    super.onAfterHide(message);
    this._stateChanged.emit();
  }

  private _onVisible(): void {
    this._stateChanged.emit();
    void this.load().then(
      workbench => this._onShown(workbench),
      // `_load` has notified the user.
      () => undefined
    );
  }

  private readonly _stateChanged = new Signal<this, void>(this);
  private _loaded: Workbench | null = null;
  private _loading: Promise<Workbench> | null = null;
}

/**
 * The panel, for the plugins that open it.
 */
export const ICatalogPanel = new Token<CatalogPanel>(
  'huggingnersc-lab:ICatalogPanel',
  'The panel of HuggingNERSC Lab in the sidebar.'
);
