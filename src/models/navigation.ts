import { JSONExt } from '@lumino/coreutils';
import { ISignal, Signal } from '@lumino/signaling';

/**
 * A view of the sidebar.
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
 * Read a view that was saved, perhaps by another version.
 *
 * @returns Null if this version has no such view.
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
 * Which view the sidebar shows, and the way there.
 */
export class NavigationModel {
  get view(): View {
    return this._view;
  }

  /**
   * Whether the view is the list or a dataset, so that the search belongs to it.
   */
  get isOfDatasets(): boolean {
    const { kind } = this._view;
    return kind === 'browse' || kind === 'entry' || kind === 'hub';
  }

  /**
   * The views that led to this one; the first is the list.
   */
  get trail(): readonly View[] {
    return this._trail;
  }

  /**
   * The last of them; null in the list.
   */
  get before(): View | null {
    return this._trail[this._trail.length - 1] ?? null;
  }

  get stateChanged(): ISignal<this, void> {
    return this._stateChanged;
  }

  /**
   * Show a view. The list starts a new trail.
   */
  show(view: View): void {
    const before = this._view;
    if (view.kind === 'browse') {
      this._trail = [];
      this._view = LIST;
    } else if (!isSame(view, before)) {
      if (!isPassing(before, view)) {
        this._trail = [...this._trail, before];
      }
      this._view = view;
    }
    this._stateChanged.emit();
  }

  /**
   * Go back to the previous view.
   */
  back(): void {
    this._view = this.before ?? LIST;
    this._trail = this._trail.slice(0, -1);
    this._stateChanged.emit();
  }

  /**
   * Remove a view from the trail, for example because what it shows no longer exists.
   */
  forget(view: View): void {
    const trail = this._trail.filter(it => !isSame(it, view));
    if (trail.length < this._trail.length) {
      this._trail = trail;
      this._stateChanged.emit();
    }
  }

  private _view: View = LIST;
  private _trail: readonly View[] = [];
  private readonly _stateChanged = new Signal<this, void>(this);
}

const LIST: View = { kind: 'browse' };

/**
 * Whether a view is left out of the trail: a job, and the form that the job was started from.
 */
function isPassing(before: View, after: View): boolean {
  return (
    before.kind === 'job' || (before.kind === 'draft' && after.kind === 'job')
  );
}

function isSame(a: View, b: View): boolean {
  return JSONExt.deepEqual({ ...a }, { ...b });
}
