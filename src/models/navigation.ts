import { JSONExt } from '@lumino/coreutils';
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
 * Where one is in the sidebar, and how one came there.
 */
export class NavigationModel {
  get view(): View {
    return this._view;
  }

  /**
   * Whether it is about datasets, so that what is searched for belongs to it.
   */
  get isOfDatasets(): boolean {
    const { kind } = this._view;
    return kind === 'browse' || kind === 'entry' || kind === 'hub';
  }

  /**
   * The views that led to this one, each to the next; the first is the list.
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
   * Go on to a view; the list is where every way begins.
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
   * Go back to the view that led here.
   */
  back(): void {
    this._view = this.before ?? LIST;
    this._trail = this._trail.slice(0, -1);
    this._stateChanged.emit();
  }

  /**
   * Let no way back lead to a view, such as one of something that is gone.
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
 * Whether the way back leaves out a view: a job, and the form that a job was ordered from.
 */
function isPassing(before: View, after: View): boolean {
  return (
    before.kind === 'job' || (before.kind === 'draft' && after.kind === 'job')
  );
}

function isSame(a: View, b: View): boolean {
  return JSONExt.deepEqual({ ...a }, { ...b });
}
