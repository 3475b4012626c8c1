import type { TranslationBundle } from '@jupyterlab/translation';
import { ISignal, Signal } from '@lumino/signaling';

import type { CatalogClient } from '../api/client';
import type { IDeviceSignIn, ISession } from '../types/api';
import { asCatalogError, CatalogError } from '../types/errors';
import type { ICatalogSession, SessionState } from '../tokens';

export type SessionClient = Pick<
  CatalogClient,
  'getSession' | 'signIn' | 'signOut' | 'startDeviceSignIn' | 'getDeviceSignIn'
>;

/**
 * The connection to the server extension, and who one is for the Hub.
 */
export class CatalogSession implements ICatalogSession {
  /**
   * @param client - Whom to ask.
   * @param version - Version of this front end.
   * @param _trans - The language of what it says itself.
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
   * The code to enter at the Hub, while a sign-in with one is under way.
   */
  get device(): IDeviceSignIn | null {
    return this._device;
  }

  /**
   * Whether a question to the server is under way.
   */
  get busy(): boolean {
    return this._busy > 0;
  }

  get stateChanged(): ISignal<this, void> {
    return this._stateChanged;
  }

  check(): Promise<void> {
    this._checked ??= this._ask(false);
    return this._checked;
  }

  /**
   * Ask again, the Hub too. Never rejects.
   */
  refresh(): Promise<void> {
    this._checked = this._ask(true);
    return this._checked;
  }

  /**
   * Hand a token to the server, which keeps it and never gives it back.
   *
   * @returns Whether the Hub took it; `signInError` says why not.
   */
  signIn(token: string): Promise<boolean> {
    return this._account(() => this._client.signIn(token));
  }

  signOut(): Promise<boolean> {
    return this._account(() => this._client.signOut());
  }

  /**
   * Sign in with a code that is entered at the Hub; resolves at the end of it.
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
                'The Hub was told not to let this server in. Nothing was changed.'
              )
            : this._trans.__(
                'The code was not entered in time. Nothing was changed; ask for a new one.'
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
   * Give up a sign-in with a code.
   */
  cancelSignIn(): void {
    this._device = null;
    this._stateChanged.emit();
  }

  private async _account(ask: () => Promise<ISession>): Promise<boolean> {
    this._signInError = null;
    this._busy += 1;
    this._stateChanged.emit();
    try {
      this._info = await ask();
      return true;
    } catch (error) {
      this._signInError = asCatalogError(error);
      return false;
    } finally {
      this._busy -= 1;
      this._stateChanged.emit();
    }
  }

  private async _ask(force: boolean): Promise<void> {
    this._busy += 1;
    if (force) {
      this._stateChanged.emit();
    }
    try {
      this._info = await this._client.getSession(force);
      this._error = null;
      this._state = this._info.version === this.version ? 'ready' : 'mismatch';
      this._askLater(this._info);
    } catch (error) {
      this._error = asCatalogError(error);
      this._state = 'failed';
    }
    this._busy -= 1;
    this._stateChanged.emit();
  }

  /**
   * A Hub that has not answered, or not while the server waited for it, is asked again.
   */
  private _askLater({ hub, token }: ISession): void {
    window.clearTimeout(this._timer);
    if (hub.reachable !== true && token !== null) {
      this._timer = window.setTimeout(() => void this._ask(false), this._wait);
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
 * Milliseconds.
 */
const FIRST_WAIT = 1000;
const LONGEST_WAIT = 60_000;
