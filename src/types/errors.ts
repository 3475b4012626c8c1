import type { TranslationBundle } from '@jupyterlab/translation';

/**
 * What went wrong, in one word; the only thing about an error that code branches on.
 *
 * The server's words come first. Two are the browser's own: `no_extension` (Jupyter Server answers,
 * the extension in it does not) and `no_connection` (nothing answers).
 */
export type ErrorCode =
  | 'invalid_record'
  | 'not_found'
  | 'conflict'
  | 'forbidden'
  | 'upstream'
  | 'scheduler'
  | 'heavy_on_login_node'
  | 'storage'
  | 'unexpected'
  | 'no_extension'
  | 'no_connection';

/**
 * One finding about one place in a record.
 */
export interface IFieldError {
  /**
   * RFC 6901 JSON pointer; of a missing member, the pointer it would have.
   */
  pointer: string;
  /**
   * Machine word such as `required` or `unknown_value`.
   */
  code: string;
  /**
   * A sentence for a person.
   */
  detail: string;
  /**
   * A value that would be accepted, where one is near.
   */
  suggestion?: string;
}

/**
 * An error with a code to branch on and a sentence to show.
 */
export class CatalogError extends Error {
  constructor(
    readonly code: ErrorCode,
    readonly detail: string,
    readonly errors: readonly IFieldError[] = []
  ) {
    super(detail);
    this.name = 'CatalogError';
  }

  /**
   * The findings by the place they are about; those about the whole are under `''`.
   */
  byPointer(): Map<string, IFieldError[]> {
    const places = new Map<string, IFieldError[]>();
    for (const error of this.errors) {
      places.set(error.pointer, [...(places.get(error.pointer) ?? []), error]);
    }
    return places;
  }
}

/**
 * Read the answer to a request that failed.
 *
 * @param status - The HTTP status of the answer.
 * @param body - Its text: problem+json (RFC 9457) of the extension, or whatever else of Jupyter
 * Server or a proxy before it.
 * @param trans - The language of what the server does not say itself.
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
      message ?? trans.__('The server answered %1.', status),
      Array.isArray(problem.errors) ? problem.errors : []
    );
  }
  if (status === 404) {
    return new CatalogError(
      'no_extension',
      trans.__(
        'The server extension huggingnersc_lab does not answer. Install the Python package huggingnersc_lab where Jupyter Server runs, then restart the server.'
      )
    );
  }
  if (GATEWAY_ERRORS.includes(status)) {
    return connectionLost(trans);
  }
  return new CatalogError(
    status === 401 || status === 403 ? 'forbidden' : 'unexpected',
    message ?? trans.__('The server answered %1 without saying why.', status)
  );
}

/**
 * The error of a request that no Jupyter server answered.
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
 * Whatever was thrown, as an error to show.
 */
export function asCatalogError(error: unknown): CatalogError {
  return error instanceof CatalogError
    ? error
    : new CatalogError('unexpected', String(error));
}

/**
 * What JupyterHub and other proxies answer for a server that is stopped or hangs.
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
