import { Token } from '@lumino/coreutils';
import type { ISignal } from '@lumino/signaling';

import type { CatalogError } from './errors';

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
  readonly state: SessionState;
  /**
   * Version of the server's part, once it has answered.
   */
  readonly serverVersion: string | null;
  /**
   * Why the last check failed.
   */
  readonly error: CatalogError | null;
  readonly stateChanged: ISignal<ICatalogSession, void>;
  /**
   * Ask the server, once; later calls share the first one's answer. Never rejects.
   */
  check(): Promise<void>;
}

/**
 * Provides the connection to the server extension.
 */
export const ICatalogSession = new Token<ICatalogSession>(
  'huggingnersc-lab:ICatalogSession',
  'The connection to the HuggingNERSC Lab server extension.'
);
