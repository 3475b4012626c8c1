import { Token } from '@lumino/coreutils';
import type { ISignal } from '@lumino/signaling';

import type { IDeviceSignIn, ISession } from './types/api';
import type { CatalogError } from './types/errors';

/**
 * Whether the front end can use the server extension.
 *
 * - `unchecked`: not checked yet.
 * - `ready`: the server extension answers and has the same version.
 * - `mismatch`: it answers and has another version.
 * - `failed`: it does not answer; `error` says why.
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
   * Version of the server extension, once it has answered.
   */
  readonly serverVersion: string | null;
  /**
   * The centre, the account and the Hub.
   */
  readonly info: ISession | null;
  /**
   * Why the last check failed.
   */
  readonly error: CatalogError | null;
  readonly stateChanged: ISignal<ICatalogSession, void>;
  /**
   * Ask the server once; later calls share the answer. Never rejects.
   */
  check(): Promise<void>;
  /**
   * Ask the server again, and the server the Hub. Never rejects.
   */
  refresh(): Promise<void>;
  /**
   * Whether a request is under way.
   */
  readonly busy: boolean;
  /**
   * The code to enter on the Hub during a sign-in with a code.
   */
  readonly device: IDeviceSignIn | null;
  /**
   * Why the last attempt to sign in or out failed.
   */
  readonly signInError: CatalogError | null;
  /**
   * Send a token to the server, which keeps it and never returns it. Never rejects.
   *
   * @returns Whether the Hub accepted it; `signInError` says why not.
   */
  signIn(token: string): Promise<boolean>;
  /**
   * Sign in with a code that the user enters on the Hub. Resolves when that is done; never rejects.
   */
  signInWithCode(): Promise<boolean>;
  /**
   * Stop waiting for a sign-in with a code.
   */
  cancelSignIn(): void;
  /**
   * Have the server delete its token. Never rejects.
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
