import type { TranslationBundle } from '@jupyterlab/translation';
import { ISignal, Signal } from '@lumino/signaling';

import type { CatalogClient } from '../api/client';
import type { ICatalogSession, SessionState } from '../tokens';
import type { IDeviceSignIn, ISession } from '../types/api';
import { asCatalogError, CatalogError } from '../types/errors';

export type SessionClient = Pick<
  CatalogClient,
  'getSession' | 'signIn' | 'signOut' | 'startDeviceSignIn' | 'getDeviceSignIn'
>;

/**
 * The connection to the server extension, and the account on the Hub.
 */
export class CatalogSession implements ICatalogSession {
  /**
   * @param _client - Sends the requests.
   * @param version - Version of this front end.
   * @param _trans - For messages that do not come from the server.
   */
  constructor(
    private readonly _client: SessionClient,
    readonly version: string,
    private readonly _trans: TranslationBundle
  ) {}

  get state(): SessionState {
    return this._state;
  }

  get serverVersion(): string | null {
    return this._info?.version ?? null;
  }

  get info(): ISession | null {
    return this._info;
  }

  get error(): CatalogError | null {
    return this._error;
  }

  /**
   * Why the last attempt to sign in or out failed.
   */
  get signInError(): CatalogError | null {
    return this._signInError;
  }

  /**
   * The code to enter on the Hub during a sign-in with a code.
   */
  get device(): IDeviceSignIn | null {
    return this._device;
  }

  /**
   * Whether a request is under way.
   */
  get busy(): boolean {
    return this._busy > 0;
  }

  get stateChanged(): ISignal<this, void> {
    return this._stateChanged;
  }

  check(): Promise<void> {
    this._checked ??= this._request(false);
    return this._checked;
  }

  /**
   * Ask the server again, and the server the Hub. Never rejects.
   */
  refresh(): Promise<void> {
    this._checked = this._request(true);
    return this._checked;
  }

  /**
   * Send a token to the server, which keeps it and never returns it.
   *
   * @returns Whether the Hub accepted it; `signInError` says why not.
   */
  signIn(token: string): Promise<boolean> {
    return this._account(() => this._client.signIn(token));
  }

  signOut(): Promise<boolean> {
    return this._account(() => this._client.signOut());
  }

  /**
   * Sign in with a code that the user enters on the Hub. Resolves when that is done.
   */
  async signInWithCode(): Promise<boolean> {
    this._signInError = null;
    try {
      const device = await this._client.startDeviceSignIn();
      this._device = device;
      this._stateChanged.emit();
      let state = 'pending';
      while (state === 'pending' && this._device === device) {
        await new Promise(resolve =>
          setTimeout(resolve, 1000 * Math.max(device.interval, 1))
        );
        if (this._device === device) {
          ({ state } = await this._client.getDeviceSignIn(device.id));
        }
      }
      if (this._device !== device) {
        return false;
      }
      if (state === 'done') {
        await this.refresh();
      } else {
        this._signInError = new CatalogError(
          'forbidden',
          state === 'denied'
            ? this._trans.__(
                'The sign-in was refused on the Hub. Nothing has changed.'
              )
            : this._trans.__(
                'The code has expired. Nothing has changed; sign in again to get a new one.'
              )
        );
      }
      return state === 'done';
    } catch (error) {
      this._signInError = asCatalogError(error);
      return false;
    } finally {
      this.cancelSignIn();
    }
  }

  /**
   * Stop waiting for a sign-in with a code.
   */
  cancelSignIn(): void {
    this._device = null;
    this._stateChanged.emit();
  }

  private async _account(request: () => Promise<ISession>): Promise<boolean> {
    this._signInError = null;
    this._busy += 1;
    this._stateChanged.emit();
    try {
      this._info = await request();
      return true;
    } catch (error) {
      this._signInError = asCatalogError(error);
      return false;
    } finally {
      this._busy -= 1;
      this._stateChanged.emit();
    }
  }

  private async _request(force: boolean): Promise<void> {
    this._busy += 1;
    if (force) {
      this._stateChanged.emit();
    }
    try {
      this._info = await this._client.getSession(force);
      this._error = null;
      this._state = this._info.version === this.version ? 'ready' : 'mismatch';
      this._retryLater(this._info);
    } catch (error) {
      this._error = asCatalogError(error);
      this._state = 'failed';
    }
    this._busy -= 1;
    this._stateChanged.emit();
  }

  /**
   * If the Hub has not answered yet, ask again later.
   */
  private _retryLater({ hub, token }: ISession): void {
    window.clearTimeout(this._timer);
    if (hub.reachable !== true && token !== null) {
      this._timer = window.setTimeout(
        () => void this._request(false),
        this._wait
      );
      this._wait = Math.min(2 * this._wait, LONGEST_WAIT);
    } else {
      this._wait = FIRST_WAIT;
    }
  }

  private _timer = 0;
  private _wait = FIRST_WAIT;
  private _state: SessionState = 'unchecked';
  private _info: ISession | null = null;
  private _error: CatalogError | null = null;
  private _signInError: CatalogError | null = null;
  private _device: IDeviceSignIn | null = null;
  private _busy = 0;
  private _checked: Promise<void> | null = null;
  private readonly _stateChanged = new Signal<this, void>(this);
}

/**
 * Milliseconds between two requests while the Hub does not answer.
 */
const FIRST_WAIT = 1000;
const LONGEST_WAIT = 60_000;
