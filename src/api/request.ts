import { URLExt } from '@jupyterlab/coreutils';
import { ServerConnection } from '@jupyterlab/services';
import type { TranslationBundle } from '@jupyterlab/translation';

import { CatalogError } from '../types/errors';
import { connectionLost, errorFromResponse } from './errors';

/**
 * Send one request to the server extension.
 *
 * @param path - The path below `/huggingnersc-lab/`.
 * @param serverSettings - Address and token of the Jupyter server.
 * @param trans - For messages that do not come from the server.
 * @param init - Method, body and so on, as for `fetch`.
 * @returns The response's JSON; `undefined` if it is empty.
 * @throws A `CatalogError`, whatever goes wrong.
 */
export async function requestAPI<T>(
  path: string,
  serverSettings: ServerConnection.ISettings,
  trans: TranslationBundle,
  init: RequestInit = {}
): Promise<T> {
  const url = URLExt.join(serverSettings.baseUrl, 'huggingnersc-lab', path);
  let response: Response;
  let body: string;
  try {
    response = await ServerConnection.makeRequest(url, init, serverSettings);
    body = await response.text();
  } catch {
    throw connectionLost(trans);
  }
  if (!response.ok) {
    throw errorFromResponse(response.status, body, trans);
  }
  if (body === '') {
    return undefined as T;
  }
  try {
    return JSON.parse(body);
  } catch {
    // A proxy's login page comes with status 200.
    throw new CatalogError(
      'unexpected',
      trans.__(
        'The response did not come from the Jupyter server. You may have been signed out: reload the page to sign in again.'
      )
    );
  }
}

/**
 * The methods that requests are made with. A request that fails always rejects with a
 * `CatalogError`.
 */
export class RestClient {
  /**
   * @param serverSettings - Address and token of the Jupyter server.
   * @param _trans - For messages that do not come from the server.
   */
  constructor(
    readonly serverSettings: ServerConnection.ISettings,
    private readonly _trans: TranslationBundle
  ) {}

  protected _get<T>(
    path: string,
    query: Record<string, string> = {},
    signal?: AbortSignal
  ): Promise<T> {
    return requestAPI<T>(
      path + URLExt.objectToQueryString(query),
      this.serverSettings,
      this._trans,
      signal ? { signal } : {}
    );
  }

  protected _send<T>(
    method: 'POST' | 'PUT' | 'DELETE',
    path: string,
    body?: object,
    headers: Record<string, string> = {}
  ): Promise<T> {
    return requestAPI<T>(path, this.serverSettings, this._trans, {
      method,
      headers: { 'Content-Type': 'application/json', ...headers },
      ...(body && { body: JSON.stringify(body) })
    });
  }
}
