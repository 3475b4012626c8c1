import { Token } from '@lumino/coreutils';
import type { ISignal } from '@lumino/signaling';

import type { IDeviceSignIn, ISession } from './types/api';
import type { CatalogError } from './types/errors';

/**
 * How this front end and the server's part of the extension get along.
 *
 * - `unchecked`: nobody asked yet.
 * - `ready`: the server answers and has the same version.
 * - `mismatch`: the server answers and has another version.
 * - `failed`: the server does not answer; `error` says why.
 */
export type SessionState = 'unchecked' | 'ready' | 'mismatch' | 'failed';

/**
 * The connection to the server extension.
 */
export interface ICatalogSession {
  /**
   * Version of this front end.
   */
  readonly version: string;
  readonly state: SessionState;
  /**
   * Version of the server's part, once it has answered.
   */
  readonly serverVersion: string | null;
  /**
   * What the server says of the centre, the account and the Hub.
   */
  readonly info: ISession | null;
  /**
   * Why the last check failed.
   */
  readonly error: CatalogError | null;
  readonly stateChanged: ISignal<ICatalogSession, void>;
  /**
   * Ask the server, once; later calls share the first one's answer. Never rejects.
   */
  check(): Promise<void>;
  /**
   * Ask again, the Hub too. Never rejects.
   */
  refresh(): Promise<void>;
  /**
   * Whether a question to the server is under way.
   */
  readonly busy: boolean;
  /**
   * The code to enter at the Hub, while a sign-in with one is under way.
   */
  readonly device: IDeviceSignIn | null;
  /**
   * Why the last attempt to sign in or out failed.
   */
  readonly signInError: CatalogError | null;
  /**
   * Hand a token to the server, which keeps it and never gives it back. Never rejects.
   *
   * @returns Whether the Hub took it; `signInError` says why not.
   */
  signIn(token: string): Promise<boolean>;
  /**
   * Sign in with a code that is entered at the Hub; resolves at the end of it. Never rejects.
   */
  signInWithCode(): Promise<boolean>;
  /**
   * Give up a sign-in with a code.
   */
  cancelSignIn(): void;
  /**
   * Have the server forget its token. Never rejects.
   */
  signOut(): Promise<boolean>;
}

/**
 * Provides the connection to the server extension.
 */
export const ICatalogSession = new Token<ICatalogSession>(
  'huggingnersc-lab:ICatalogSession',
  'The connection to the HuggingNERSC Lab server extension.'
);
