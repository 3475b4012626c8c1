import { URLExt } from '@jupyterlab/coreutils';
import type {
  PartialJSONObject,
  ReadonlyPartialJSONObject
} from '@lumino/coreutils';

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
  IJobLog,
  IJobOrder,
  ILocation,
  IPreview,
  IScriptFile,
  IServiceKey,
  ISession,
  IShare,
  ISuggestions,
  IUnfinished,
  IVersion
} from '../types/api';
import { RestClient } from './request';

/**
 * Every request to the server extension. A request that fails always rejects with a `CatalogError`.
 */
export class CatalogClient extends RestClient {
  /**
   * The server's version, site and Hub account.
   *
   * @param check - Whether to ask the Hub even if the cached answer is recent.
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
   * One page of the datasets that match.
   *
   * @param query - The query of `GET /datasets`, without `?`.
   * @param signal - Aborts the request.
   */
  searchDatasets(query: string, signal?: AbortSignal): Promise<IDatasetPage> {
    return this._get(query ? `datasets?${query}` : 'datasets', {}, signal);
  }

  /**
   * The values of a facet that contain a text, among the results of a search.
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

  /**
   * How a dataset is shared besides the Hub.
   */
  listShares(name: string): Promise<{ shares: IShare[] }> {
    return this._get(`records/${encodeURIComponent(name)}/shares`);
  }

  listKeys(): Promise<{ keys: IServiceKey[] }> {
    return this._get('keys');
  }

  saveKey(name: string, key: string): Promise<{ keys: IServiceKey[] }> {
    return this._send('PUT', `keys/${encodeURIComponent(name)}`, { key });
  }

  deleteKey(name: string): Promise<{ keys: IServiceKey[] }> {
    return this._send('DELETE', `keys/${encodeURIComponent(name)}`);
  }

  listCitations(name: string): Promise<{ citations: ICitation[] }> {
    return this._get(`records/${encodeURIComponent(name)}/citations`);
  }

  /**
   * A dataset as Croissant (JSON-LD).
   */
  exportCroissant(name: string): Promise<PartialJSONObject> {
    return this._get(`records/${encodeURIComponent(name)}/croissant`);
  }

  listRelated(name: string): Promise<{ datasets: IDatasetSummary[] }> {
    return this._get(`records/${encodeURIComponent(name)}/related`);
  }

  /**
   * Ask who can read the data of some datasets.
   *
   * @param check - Whether to check even if the cached result is recent.
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
   * A repository of the organization on the Hub, by its name.
   */
  getHubDataset(name: string): Promise<IHubDataset> {
    return this._get(`hub/datasets/${encodeURIComponent(name)}`);
  }

  /**
   * Create a draft that adds such a repository to the catalog.
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

  suggest(data_path: string): Promise<ISuggestions> {
    return this._send('POST', 'suggestions', { data_path });
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
   * @param etag - The version that is overwritten. If the server has another, the error is a
   * `conflict`.
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
   * Write only a draft's loader notebook, into a folder (a contents path).
   */
  writeNotebook(id: string, folder: string): Promise<{ path: string }> {
    return this._send('POST', `drafts/${id}/notebooks`, { folder });
  }

  /**
   * A draft as a metadata file for the command line.
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
   * Who started an unfinished publication, and what resuming or undoing it would do.
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
   * The end of what a job's process printed.
   */
  getJobLog(id: string): Promise<IJobLog> {
    return this._get(`jobs/${id}/log`);
  }

  /**
   * Cancel a running job, or remove one that has ended from the list.
   */
  deleteJob(id: string): Promise<IJob> {
    return this._send('DELETE', `jobs/${id}`);
  }

  /**
   * URL of the event stream that reports changes of all jobs.
   */
  get jobEventsUrl(): string {
    const { baseUrl, token, appendToken } = this.serverSettings;
    const url = URLExt.join(baseUrl, 'huggingnersc-lab', 'jobs/events');
    // EventSource cannot send headers, so the token, if there is one, goes into the URL, as
    // JupyterLab does for web sockets.
    return appendToken && token
      ? url + URLExt.objectToQueryString({ token })
      : url;
  }
}
