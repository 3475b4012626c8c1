import { ISignal, Signal } from '@lumino/signaling';

/**
 * What the sidebar shows.
 */
export type View =
  | { kind: 'browse' }
  | { kind: 'drafts' }
  | { kind: 'account' }
  | { kind: 'entry'; name: string }
  | { kind: 'draft'; id: string }
  | { kind: 'job'; id: string };

/**
 * Where one is in the sidebar, and what the list was filtered by.
 */
export class NavigationModel {
  get view(): View {
    return this._view;
  }

  get filter(): string {
    return this._filter;
  }

  get stateChanged(): ISignal<this, void> {
    return this._stateChanged;
  }

  show(view: View): void {
    this._view = view;
    this._stateChanged.emit();
  }

  setFilter(filter: string): void {
    this._filter = filter;
    this._stateChanged.emit();
  }

  private _view: View = { kind: 'browse' };
  private _filter = '';
  private readonly _stateChanged = new Signal<this, void>(this);
}
