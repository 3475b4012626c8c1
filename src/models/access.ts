import { ISignal, Signal } from '@lumino/signaling';

import type { CatalogClient } from '../api/client';
import type { IAccess } from '../types/api';

export type AccessClient = Pick<CatalogClient, 'checkAccess'>;

/**
 * Who can read the data of the datasets in sight. It is requested for all of them together, once the
 * list has stopped scrolling, and one request at a time, since a file system can be slow.
 */
export class AccessModel {
  constructor(private readonly _client: AccessClient) {}

  get stateChanged(): ISignal<this, void> {
    return this._stateChanged;
  }

  /**
   * The result for a dataset; null if there is none, undefined if it was not checked yet.
   */
  get(name: string): IAccess | null | undefined {
    return this._results.get(name)?.access;
  }

  /**
   * Check the data of these datasets, and no others any more.
   */
  want(names: readonly string[]): void {
    this._wanted = names;
    clearTimeout(this._timer);
    this._timer = setTimeout(() => void this._request(), PAUSE);
  }

  /**
   * Check everything again when it is wanted next. The old results are shown until then.
   */
  refresh(): void {
    for (const [name, { access }] of this._results) {
      this._results.set(name, { access, until: 0 });
    }
    this.want(this._wanted);
  }

  dispose(): void {
    clearTimeout(this._timer);
    this._wanted = [];
    Signal.clearData(this);
  }

  private async _request(): Promise<void> {
    const now = Date.now();
    const names = this._wanted
      .filter(name => (this._results.get(name)?.until ?? 0) <= now)
      .slice(0, MOST);
    if (this._isBusy || names.length === 0) {
      return;
    }
    this._isBusy = true;
    try {
      const { access } = await this._client.checkAccess(names);
      for (const name of names) {
        this._keep(name, access[name] ?? null, now + FRESH);
      }
    } catch {
      // The list shows why the server does not answer. Keep what is known and try again later.
      for (const name of names) {
        this._keep(name, this.get(name), now + RETRY);
      }
    }
    this._isBusy = false;
    this._stateChanged.emit();
    await this._request();
  }

  private _keep(
    name: string,
    access: IAccess | null | undefined,
    until: number
  ): void {
    this._results.delete(name);
    this._results.set(name, { access, until });
    const [oldest] = this._results.keys();
    if (this._results.size > KEPT && oldest !== undefined) {
      this._results.delete(oldest);
    }
  }

  private readonly _results = new Map<
    string,
    { access: IAccess | null | undefined; until: number }
  >();
  private _wanted: readonly string[] = [];
  private _isBusy = false;
  private _timer: ReturnType<typeof setTimeout> | undefined;
  private readonly _stateChanged = new Signal<this, void>(this);
}

/**
 * Milliseconds without scrolling before a request.
 */
const PAUSE = 80;

/**
 * Milliseconds after which a result is requested again, normally and after an error.
 */
const FRESH = 300_000;
const RETRY = 15_000;

/**
 * The most datasets in one request, and the most results that are kept.
 */
const MOST = 50;
const KEPT = 2000;
