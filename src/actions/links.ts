import { PageConfig, URLExt } from '@jupyterlab/coreutils';

/**
 * An address that opens JupyterLab at a dataset: on a JupyterHub that of whoever follows it, else
 * this one.
 *
 * @param id - Its nickname or `repo_id`.
 * @param baseUrl - Address of this Jupyter server.
 */
export function datasetAddress(id: string, baseUrl: string): string {
  // Both spare `/`, which a query may hold.
  const value = encodeURIComponent(id).replace(/%2F/g, '/');
  return `${labAddress(baseUrl)}?dataset=${value}`;
}

/**
 * An address that opens JupyterLab with a search.
 *
 * @param query - The query of `GET /datasets`, without `?`; empty for everything.
 * @param baseUrl - Address of this Jupyter server.
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
