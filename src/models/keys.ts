import { ISignal, Signal } from '@lumino/signaling';

import type { CatalogClient } from '../api/client';
import type { IServiceKey } from '../types/api';
import { asCatalogError, type CatalogError } from '../types/errors';
import { AsyncResource } from './asyncResource';

export type KeysClient = Pick<
  CatalogClient,
  'listKeys' | 'saveKey' | 'deleteKey'
>;

/**
 * The person's keys for other services. The keys themselves go to the server and never come back.
 */
export class KeysModel {
  constructor(private readonly _client: KeysClient) {}

  readonly list = new AsyncResource<readonly IServiceKey[]>(
    async () => (await this._client.listKeys()).keys,
    () => this._stateChanged.emit()
  );

  /**
   * Why the last key was not saved or removed.
   */
  get saveError(): CatalogError | null {
    return this._saveError;
  }

  get stateChanged(): ISignal<this, void> {
    return this._stateChanged;
  }

  /**
   * Never rejects.
   *
   * @returns Whether it was saved.
   */
  save(name: string, key: string): Promise<boolean> {
    return this._change(() => this._client.saveKey(name, key));
  }

  /**
   * Never rejects.
   */
  remove(name: string): Promise<boolean> {
    return this._change(() => this._client.deleteKey(name));
  }

  private async _change(change: () => Promise<unknown>): Promise<boolean> {
    try {
      await change();
      this._saveError = null;
    } catch (error) {
      this._saveError = asCatalogError(error);
    }
    await this.list.load();
    return this._saveError === null;
  }

  private _saveError: CatalogError | null = null;
  private readonly _stateChanged = new Signal<this, void>(this);
}
