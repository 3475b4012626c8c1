import { PanelWithToolbar } from '@jupyterlab/ui-components';
import { Token } from '@lumino/coreutils';
import type { Message } from '@lumino/messaging';
import { type ISignal, Signal } from '@lumino/signaling';
import { Widget } from '@lumino/widgets';

import { catalogIcon } from '../icons';
import type { Workbench } from '../widgets/main';

/**
 * The panel in the sidebar. What it shows is loaded when it is seen first.
 */
export class CatalogPanel extends PanelWithToolbar {
  /**
   * @param caption - Its name for people.
   * @param load - Gets what is behind it.
   */
  constructor(
    caption: string,
    private readonly _load: (panel: CatalogPanel) => Promise<Workbench>
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
   * What is behind the panel, if it was loaded already.
   */
  get loaded(): Workbench | null {
    return this._loaded;
  }

  /**
   * Sent when what is behind the panel was loaded, and when the panel is seen or not any more.
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

  load(): Promise<Workbench> {
    this._loading ??= this._load(this).then(
      workbench => {
        this._loaded = workbench;
        this._stateChanged.emit();
        return workbench;
      },
      (reason: unknown) => {
        // A part that could not be fetched can be asked for again.
        this._loading = null;
        throw reason;
      }
    );
    return this._loading;
  }

  /**
   * Whoever asks for the panel goes on in it.
   */
  protected override onActivateRequest(message: Message): void {
    super.onActivateRequest(message);
    if (!this.node.contains(document.activeElement)) {
      this.node.focus({ preventScroll: true });
    }
  }

  protected override onAfterShow(message: Message): void {
    super.onAfterShow(message);
    this._onSeen();
  }

  /**
   * What comes into a sidebar that is open is not shown by a message of its own.
   */
  protected override onAfterAttach(message: Message): void {
    super.onAfterAttach(message);
    if (this.isVisible) {
      this._onSeen();
    }
  }

  protected override onAfterHide(message: Message): void {
    super.onAfterHide(message);
    this._stateChanged.emit();
  }

  private _onSeen(): void {
    this._stateChanged.emit();
    void this.load().then(
      workbench => workbench.refresh(),
      // The loader has told the person.
      () => undefined
    );
  }

  private readonly _stateChanged = new Signal<this, void>(this);
  private _loaded: Workbench | null = null;
  private _loading: Promise<Workbench> | null = null;
}

/**
 * The panel, for the plugins that add ways into it.
 */
export const ICatalogPanel = new Token<CatalogPanel>(
  'huggingnersc-lab:ICatalogPanel',
  'The panel of HuggingNERSC Lab in the sidebar.'
);
