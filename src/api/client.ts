import { URLExt } from '@jupyterlab/coreutils';
import { ServerConnection } from '@jupyterlab/services';

import { CatalogError, connectionLost, errorFromResponse } from '../errors';

/**
 * What the server says of itself.
 */
export interface ISessionInfo {
  /**
   * Version of the Python package.
   */
  version: string;
}

/**
 * Every request to the server extension.
 */
export class CatalogClient {
  /**
   * @param serverSettings - Where the Jupyter server is and how it is spoken to.
   */
  constructor(readonly serverSettings: ServerConnection.ISettings) {}

  /**
   * Ask who answers.
   */
  getSession(): Promise<ISessionInfo> {
    return this._request('session');
  }

  private _request<T>(path: string, init: RequestInit = {}): Promise<T> {
    return requestAPI<T>(path, this.serverSettings, init);
  }
}

/**
 * Send one request to the server extension.
 *
 * @param path - What is asked for, below `/huggingnersc-lab/`.
 * @param serverSettings - Where the Jupyter server is and how it is spoken to.
 * @param init - Method, body and the like, as for `fetch`.
 * @returns The JSON of the answer; `undefined` for an empty one.
 * @throws A `CatalogError`, whatever goes wrong.
 */
export async function requestAPI<T>(
  path: string,
  serverSettings: ServerConnection.ISettings,
  init: RequestInit = {}
): Promise<T> {
  const url = URLExt.join(serverSettings.baseUrl, 'huggingnersc-lab', path);
  let response: Response;
  let body: string;
  try {
    response = await ServerConnection.makeRequest(url, init, serverSettings);
    body = await response.text();
  } catch {
    throw connectionLost();
  }
  if (!response.ok) {
    throw errorFromResponse(response.status, body);
  }
  if (body === '') {
    return undefined as T;
  }
  try {
    return JSON.parse(body);
  } catch {
    // A login page of a proxy comes with status 200.
    throw new CatalogError(
      'unexpected',
      'Something between the browser and the Jupyter server answered in its place. ' +
        'Reload the page to sign in again.'
    );
  }
}
