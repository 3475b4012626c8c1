import { ISignal, Signal } from '@lumino/signaling';

import type { CatalogClient } from '../api/client';
import type { IAccess } from '../types/api';

export type AccessClient = Pick<CatalogClient, 'checkAccess'>;

/**
 * Who can open the data of the datasets in sight. They are asked for together, once the list stands
 * still, and one question at a time: a file system may take its time.
 */
export class AccessModel {
  constructor(private readonly _client: AccessClient) {}

  get stateChanged(): ISignal<this, void> {
    return this._stateChanged;
  }

  /**
   * What was found; null where there is nothing to tell, undefined where nobody has looked yet.
   */
  get(name: string): IAccess | null | undefined {
    return this._found.get(name)?.access;
  }

  /**
   * Look at the data of these, and no longer of those that were wanted before.
   */
  want(names: readonly string[]): void {
    this._wanted = names;
    clearTimeout(this._timer);
    this._timer = setTimeout(() => void this._ask(), PAUSE);
  }

  /**
   * Take what was found so far as old: it is shown, and asked for anew when it is wanted.
   */
  refresh(): void {
    for (const [name, { access }] of this._found) {
      this._found.set(name, { access, until: 0 });
    }
    this.want(this._wanted);
  }

  dispose(): void {
    clearTimeout(this._timer);
    this._wanted = [];
    Signal.clearData(this);
  }

  private async _ask(): Promise<void> {
    const now = Date.now();
    const names = this._wanted
      .filter(name => (this._found.get(name)?.until ?? 0) <= now)
      .slice(0, MOST);
    if (this._isAsking || names.length === 0) {
      return;
    }
    this._isAsking = true;
    try {
      const { access } = await this._client.checkAccess(names);
      for (const name of names) {
        this._keep(name, access[name] ?? null, now + FRESH);
      }
    } catch {
      // The list tells why the server does not answer; here that means: not known, for a while.
      for (const name of names) {
        this._keep(name, this.get(name), now + RETRY);
      }
    }
    this._isAsking = false;
    this._stateChanged.emit();
    await this._ask();
  }

  private _keep(
    name: string,
    access: IAccess | null | undefined,
    until: number
  ): void {
    this._found.delete(name);
    this._found.set(name, { access, until });
    const [oldest] = this._found.keys();
    if (this._found.size > KEPT && oldest !== undefined) {
      this._found.delete(oldest);
    }
  }

  private readonly _found = new Map<
    string,
    { access: IAccess | null | undefined; until: number }
  >();
  private _wanted: readonly string[] = [];
  private _isAsking = false;
  private _timer: ReturnType<typeof setTimeout> | undefined;
  private readonly _stateChanged = new Signal<this, void>(this);
}

/**
 * Milliseconds for which the list has to stand still.
 */
const PAUSE = 80;

/**
 * Milliseconds after which what was found is asked for anew; after an error, sooner.
 */
const FRESH = 300_000;
const RETRY = 15_000;

/**
 * Datasets of one question, and datasets that are remembered.
 */
const MOST = 50;
const KEPT = 2000;
