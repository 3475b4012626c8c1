import { Poll } from '@lumino/polling';
import { ISignal, Signal } from '@lumino/signaling';

import type { CatalogClient } from '../api/client';
import type { IRecordList, IRecordSummary } from '../api/types';
import { asCatalogError, CatalogError } from '../errors';

export type RecordsClient = Pick<CatalogClient, 'listRecords'>;

/**
 * The datasets of the catalog.
 */
export class CatalogModel {
  /**
   * @param client - Whom to ask.
   * @param isWatched - Whether somebody sees the list; it is not asked for else.
   */
  constructor(
    private readonly _client: RecordsClient,
    isWatched: () => boolean
  ) {
    this._poll = new Poll({
      auto: false,
      factory: () => this._load(),
      frequency: { interval: INTERVAL, backoff: true, max: 5 * INTERVAL },
      name: 'huggingnersc-lab:catalog',
      standby: () => (isWatched() ? 'when-hidden' : true)
    });
  }

  /**
   * The newest first-hand list; null before the first answer. Kept when a refresh fails.
   */
  get records(): readonly IRecordSummary[] | null {
    return this._list?.records ?? null;
  }

  /**
   * The folder that the catalog is in.
   */
  get location(): IRecordList['catalog'] | null {
    return this._list?.catalog ?? null;
  }

  /**
   * When `records` was true, in milliseconds since 1970.
   */
  get listedAt(): number | null {
    return this._listedAt;
  }

  /**
   * Why the last refresh failed.
   */
  get listError(): CatalogError | null {
    return this._listError;
  }

  get isListing(): boolean {
    return this._isListing;
  }

  get stateChanged(): ISignal<this, void> {
    return this._stateChanged;
  }

  /**
   * Read the list now, and from time to time from now on. Never rejects.
   */
  async refresh(): Promise<void> {
    await this._poll.refresh();
    await this._poll.tick;
  }

  find(name: string): IRecordSummary | null {
    return this.records?.find(record => record.name === name) ?? null;
  }

  dispose(): void {
    this._poll.dispose();
    Signal.clearData(this);
  }

  private async _load(): Promise<void> {
    this._isListing = true;
    this._stateChanged.emit();
    try {
      this._list = await this._client.listRecords();
      this._listedAt = Date.now();
      this._listError = null;
    } catch (error) {
      this._listError = asCatalogError(error);
      // The poll waits longer and longer after failures.
      throw error;
    } finally {
      this._isListing = false;
      this._stateChanged.emit();
    }
  }

  private readonly _poll: Poll;
  private _list: IRecordList | null = null;
  private _listedAt: number | null = null;
  private _listError: CatalogError | null = null;
  private _isListing = false;
  private readonly _stateChanged = new Signal<this, void>(this);
}

/**
 * Milliseconds between two looks at the catalog.
 */
const INTERVAL = 60_000;
