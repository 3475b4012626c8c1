import { PageConfig, URLExt } from '@jupyterlab/coreutils';

/**
 * A URL that opens JupyterLab at a dataset. On a JupyterHub it leads to the server of the user who
 * follows it, otherwise to this server.
 *
 * @param id - The nickname or the `repo_id`.
 * @param baseUrl - URL of this Jupyter server.
 */
export function datasetAddress(id: string, baseUrl: string): string {
  // A query may contain `/`, which keeps the link readable.
  const value = encodeURIComponent(id).replace(/%2F/g, '/');
  return `${labAddress(baseUrl)}?dataset=${value}`;
}

/**
 * A URL that opens JupyterLab with a search.
 *
 * @param query - The query of `GET /datasets`, without `?`; empty for all datasets.
 * @param baseUrl - URL of this Jupyter server.
 */
export function searchAddress(query: string, baseUrl: string): string {
  return `${labAddress(baseUrl)}?datasets=${encodeURIComponent(query)}`;
}

function labAddress(baseUrl: string): string {
  const hubPrefix = PageConfig.getOption('hubPrefix');
  return hubPrefix
    ? URLExt.join(
        PageConfig.getOption('hubHost') || window.location.origin,
        hubPrefix,
        'user-redirect',
        'lab'
      )
    : URLExt.join(baseUrl, PageConfig.getOption('appUrl') || 'lab');
}
