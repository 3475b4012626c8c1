import type { TranslationBundle } from '@jupyterlab/translation';

import { CatalogError, type ErrorCode } from '../types/errors';

/**
 * Turn a failed response into an error.
 *
 * @param status - The HTTP status.
 * @param body - The response text: problem+json (RFC 9457) from the extension, or whatever Jupyter
 * Server or a proxy in front of it sent.
 * @param trans - For messages that do not come from the server.
 */
export function errorFromResponse(
  status: number,
  body: string,
  trans: TranslationBundle
): CatalogError {
  const problem = parseObject(body);
  const message = text(problem.detail) ?? text(problem.message);
  if (typeof problem.code === 'string') {
    return new CatalogError(
      problem.code as ErrorCode,
      message ?? trans.__('The server returned %1.', status),
      Array.isArray(problem.errors) ? problem.errors : []
    );
  }
  if (status === 404) {
    return new CatalogError(
      'no_extension',
      trans.__(
        'The server extension huggingnersc_lab is not responding. Install the Python package huggingnersc_lab where Jupyter Server runs, then restart the server.'
      )
    );
  }
  if (GATEWAY_ERRORS.includes(status)) {
    return connectionLost(trans);
  }
  return new CatalogError(
    status === 401 || status === 403 ? 'forbidden' : 'unexpected',
    message ??
      trans.__('The server returned %1 without an explanation.', status)
  );
}

/**
 * The error for a request that never reached Jupyter Server.
 */
export function connectionLost(trans: TranslationBundle): CatalogError {
  return new CatalogError(
    'no_connection',
    trans.__(
      'The Jupyter server cannot be reached. What you typed is kept; try again when it is back.'
    )
  );
}

/**
 * What JupyterHub and other proxies answer when the server is stopped or hangs.
 */
const GATEWAY_ERRORS = [424, 502, 503, 504];

function parseObject(body: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(body);
    return value !== null && typeof value === 'object' ? { ...value } : {};
  } catch {
    return {};
  }
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}
