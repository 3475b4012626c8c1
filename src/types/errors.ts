/**
 * The kind of error, in one word. Code branches on this and on nothing else of an error.
 *
 * All but two come from the server. The browser adds `no_extension` (Jupyter Server answers, but the
 * server extension is missing) and `no_connection` (nothing answers).
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
 * One validation error, with its place in the record.
 */
export interface IFieldError {
  /**
   * RFC 6901 JSON pointer. For a missing member, the pointer that it would have.
   */
  pointer: string;
  /**
   * Machine-readable, such as `required` or `unknown_value`.
   */
  code: string;
  /**
   * A sentence to show.
   */
  detail: string;
  /**
   * A similar value that is valid, if there is one.
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
}

/**
 * Turn anything that was thrown into an error to show.
 */
export function asCatalogError(error: unknown): CatalogError {
  return error instanceof CatalogError
    ? error
    : new CatalogError('unexpected', String(error));
}
