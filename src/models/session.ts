import { ISignal, Signal } from '@lumino/signaling';

import type { CatalogClient } from '../api/client';
import { CatalogError } from '../errors';
import type { ICatalogSession, SessionState } from '../tokens';

/**
 * The connection to the server extension, checked on demand.
 */
export class CatalogSession implements ICatalogSession {
  /**
   * @param client - Whom to ask.
   * @param version - Version of this front end.
   */
  constructor(
    private readonly _client: Pick<CatalogClient, 'getSession'>,
    private readonly _version: string
  ) {}

  get state(): SessionState {
    return this._state;
  }

  get serverVersion(): string | null {
    return this._serverVersion;
  }

  get error(): CatalogError | null {
    return this._error;
  }

  get stateChanged(): ISignal<this, void> {
    return this._stateChanged;
  }

  check(): Promise<void> {
    this._checked ??= this._ask();
    return this._checked;
  }

  private async _ask(): Promise<void> {
    try {
      const { version } = await this._client.getSession();
      this._serverVersion = version;
      this._state = version === this._version ? 'ready' : 'mismatch';
    } catch (error) {
      this._error =
        error instanceof CatalogError
          ? error
          : new CatalogError('unexpected', String(error));
      this._state = 'failed';
    }
    this._stateChanged.emit();
  }

  private _state: SessionState = 'unchecked';
  private _serverVersion: string | null = null;
  private _error: CatalogError | null = null;
  private _checked: Promise<void> | null = null;
  private readonly _stateChanged = new Signal<this, void>(this);
}
