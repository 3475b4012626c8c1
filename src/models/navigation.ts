import { ISignal, Signal } from '@lumino/signaling';

/**
 * What the sidebar shows.
 */
export type View =
  | { kind: 'browse' }
  | { kind: 'drafts' }
  | { kind: 'account' }
  | { kind: 'entry'; name: string }
  | { kind: 'hub'; repo_id: string }
  | { kind: 'draft'; id: string }
  | { kind: 'job'; id: string };

/**
 * Read what was remembered of the view, maybe by another version.
 *
 * @returns Null for what is no view of this one.
 */
export function readView(value: unknown): View | null {
  const { kind, name, repo_id, id } = Object(value) as Record<string, unknown>;
  switch (kind) {
    case 'browse':
    case 'drafts':
    case 'account':
      return { kind };
    case 'entry':
      return typeof name === 'string' ? { kind, name } : null;
    case 'hub':
      return typeof repo_id === 'string' ? { kind, repo_id } : null;
    case 'draft':
    case 'job':
      return typeof id === 'string' ? { kind, id } : null;
    default:
      return null;
  }
}

/**
 * Where one is in the sidebar.
 */
export class NavigationModel {
  get view(): View {
    return this._view;
  }

  get stateChanged(): ISignal<this, void> {
    return this._stateChanged;
  }

  show(view: View): void {
    this._view = view;
    this._stateChanged.emit();
  }

  private _view: View = { kind: 'browse' };
  private readonly _stateChanged = new Signal<this, void>(this);
}
