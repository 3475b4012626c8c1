import { URLExt } from '@jupyterlab/coreutils';
import { ServerConnection } from '@jupyterlab/services';
import type { TranslationBundle } from '@jupyterlab/translation';
import type {
  PartialJSONObject,
  ReadonlyPartialJSONObject
} from '@lumino/coreutils';

import { CatalogError, connectionLost, errorFromResponse } from '../types/errors';
import type {
  FacetName,
  IAccess,
  ICitation,
  IDatasetPage,
  IDatasetSummary,
  IDeviceSignIn,
  IDeviceState,
  IDraft,
  IDraftContent,
  IDraftSummary,
  IEntry,
  IFacetValues,
  IFindings,
  IHubDataset,
  IJob,
  IJobOrder,
  ILocation,
  IPreview,
  IScriptFile,
  ISession,
  IUnfinished,
  IVersion
} from '../types/api';

/**
 * Every request to the server extension. Each rejects with a `CatalogError` only.
 */
export class CatalogClient {
  /**
   * @param serverSettings - Where the Jupyter server is and how it is spoken to.
   * @param _trans - The language of errors that the server does not put into words.
   */
  constructor(
    readonly serverSettings: ServerConnection.ISettings,
    private readonly _trans: TranslationBundle
  ) {}

  /**
   * Ask who answers, and who one is for the Hub.
   *
   * @param check - Whether the Hub is asked even if its last answer is fresh.
   */
  getSession(check = false): Promise<ISession> {
    return this._get('session', check ? { check: '1' } : {});
  }

  signIn(token: string): Promise<ISession> {
    return this._send('PUT', 'session/token', { token });
  }

  signOut(): Promise<ISession> {
    return this._send('DELETE', 'session/token');
  }

  startDeviceSignIn(): Promise<IDeviceSignIn> {
    return this._send('POST', 'session/device');
  }

  getDeviceSignIn(id: string): Promise<IDeviceState> {
    return this._get(`session/device/${encodeURIComponent(id)}`);
  }

  getSchema(): Promise<{ schema: PartialJSONObject; version: number }> {
    return this._get('schema');
  }

  getVocabulary(list: string): Promise<{ terms: PartialJSONObject[] }> {
    return this._get(`vocabulary/${encodeURIComponent(list)}`);
  }

  /**
   * A page of the datasets that fit.
   *
   * @param query - The query of `GET /datasets`, without `?`.
   * @param signal - Ends the request when nobody waits for its answer any more.
   */
  searchDatasets(query: string, signal?: AbortSignal): Promise<IDatasetPage> {
    return requestAPI(
      query ? `datasets?${query}` : 'datasets',
      this.serverSettings,
      this._trans,
      signal ? { signal } : {}
    );
  }

  /**
   * The values of a facet that have a text in them, under a search.
   *
   * @param query - The search, as the query of `GET /datasets`, without `?`.
   */
  searchFacet(
    facet: FacetName,
    contains: string,
    query: string
  ): Promise<IFacetValues> {
    const text = `contains=${encodeURIComponent(contains)}`;
    return this._get(`facets/${facet}?${query ? `${query}&` : ''}${text}`);
  }

  getEntry(name: string): Promise<IEntry> {
    return this._get(`records/${encodeURIComponent(name)}`);
  }

  /**
   * Copy an entry's loader notebook into a folder (a contents path).
   */
  copyNotebook(name: string, folder: string): Promise<{ path: string }> {
    const path = `records/${encodeURIComponent(name)}/copies`;
    return this._send('POST', path, { folder });
  }

  editRecord(name: string): Promise<IDraft> {
    return this._send('POST', `records/${encodeURIComponent(name)}/drafts`);
  }

  listVersions(name: string): Promise<{ versions: IVersion[] }> {
    return this._get(`records/${encodeURIComponent(name)}/versions`);
  }

  listCitations(name: string): Promise<{ citations: ICitation[] }> {
    return this._get(`records/${encodeURIComponent(name)}/citations`);
  }

  /**
   * A dataset as Croissant, JSON-LD.
   */
  exportCroissant(name: string): Promise<PartialJSONObject> {
    return this._get(`records/${encodeURIComponent(name)}/croissant`);
  }

  listRelated(name: string): Promise<{ datasets: IDatasetSummary[] }> {
    return this._get(`records/${encodeURIComponent(name)}/related`);
  }

  /**
   * Ask whether one can open the data of some datasets.
   *
   * @param check - Whether they are looked at anew even where the last look is fresh.
   */
  checkAccess(
    names: readonly string[],
    check = false
  ): Promise<{ access: Record<string, IAccess> }> {
    const query = names.map(name => `name=${encodeURIComponent(name)}`);
    return this._get(
      `access?${[...query, ...(check ? ['check=1'] : [])].join('&')}`
    );
  }

  /**
   * A repository of the organization's on the Hub, by its name there.
   */
  getHubDataset(name: string): Promise<IHubDataset> {
    return this._get(`hub/datasets/${encodeURIComponent(name)}`);
  }

  /**
   * Begin a draft that brings such a repository into the catalog.
   */
  adoptHubDataset(name: string): Promise<IDraft> {
    return this._send(
      'POST',
      `hub/datasets/${encodeURIComponent(name)}/drafts`
    );
  }

  locate(
    place: { contents_path: string } | { data_path: string }
  ): Promise<ILocation> {
    return this._send('POST', 'locations', place);
  }

  validate(values: ReadonlyPartialJSONObject): Promise<IFindings> {
    return this._send('POST', 'validate', { values });
  }

  listDrafts(): Promise<{ drafts: IDraftSummary[] }> {
    return this._get('drafts');
  }

  createDraft(content: Partial<IDraftContent>): Promise<IDraft> {
    return this._send('POST', 'drafts', content);
  }

  getDraft(id: string): Promise<IDraft> {
    return this._get(`drafts/${id}`);
  }

  /**
   * @param etag - What is overwritten; a `conflict` where the server has another state.
   */
  writeDraft(
    id: string,
    content: IDraftContent,
    etag: string
  ): Promise<IDraft> {
    return this._send('PUT', `drafts/${id}`, content, { 'If-Match': etag });
  }

  deleteDraft(id: string): Promise<void> {
    return this._send('DELETE', `drafts/${id}`);
  }

  validateDraft(id: string): Promise<IFindings> {
    return this._send('POST', `drafts/${id}/validate`);
  }

  previewDraft(
    id: string,
    options: { private: boolean; create_pr: boolean }
  ): Promise<IPreview> {
    return this._send('POST', `drafts/${id}/preview`, options);
  }

  /**
   * Write a draft's loader notebook alone into a folder (a contents path).
   */
  writeNotebook(id: string, folder: string): Promise<{ path: string }> {
    return this._send('POST', `drafts/${id}/notebooks`, { folder });
  }

  /**
   * A draft as the command line's metadata file.
   */
  exportDraft(id: string): Promise<PartialJSONObject> {
    return this._get(`drafts/${id}/export`);
  }

  readScript(
    path: string,
    member: 'loader' | 'batch_script'
  ): Promise<IScriptFile> {
    return this._get('scripts', { path, member });
  }

  /**
   * Ask whose an unfinished publication is, and what finishing or undoing it would do.
   */
  getUnfinished(name: string): Promise<IUnfinished> {
    return this._get(`unfinished/${encodeURIComponent(name)}`);
  }

  startJob(order: IJobOrder): Promise<IJob> {
    return this._send('POST', 'jobs', order);
  }

  listJobs(): Promise<{ jobs: IJob[] }> {
    return this._get('jobs');
  }

  /**
   * Cancel a job that runs, or forget one that has ended.
   */
  deleteJob(id: string): Promise<IJob> {
    return this._send('DELETE', `jobs/${id}`);
  }

  /**
   * Address of the stream of all jobs' changes.
   */
  get jobEventsUrl(): string {
    const { baseUrl, token, appendToken } = this.serverSettings;
    const url = URLExt.join(baseUrl, 'huggingnersc-lab', 'jobs/events');
    // An event stream cannot carry a header: like a web socket it has the token in its address,
    // where JupyterLab has one at all.
    return appendToken && token
      ? url + URLExt.objectToQueryString({ token })
      : url;
  }

  private _get<T>(
    path: string,
    query: Record<string, string> = {}
  ): Promise<T> {
    return requestAPI<T>(
      path + URLExt.objectToQueryString(query),
      this.serverSettings,
      this._trans
    );
  }

  private _send<T>(
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

/**
 * Send one request to the server extension.
 *
 * @param path - What is asked for, below `/huggingnersc-lab/`.
 * @param serverSettings - Where the Jupyter server is and how it is spoken to.
 * @param trans - The language of errors that the server does not put into words.
 * @param init - Method, body and the like, as for `fetch`.
 * @returns The JSON of the answer; `undefined` for an empty one.
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
    // A login page of a proxy comes with status 200.
    throw new CatalogError(
      'unexpected',
      trans.__(
        'Something between the browser and the Jupyter server answered in its place. Reload the page to sign in again.'
      )
    );
  }
}
