import type { CatalogError } from './errors';

/**
 * A value that loads separately from the rest of its page and can be loaded again.
 */
export interface IAsyncResource<T> {
  /**
   * The last value received; null before the first one.
   */
  readonly value: T | null;
  /**
   * Why the last attempt failed.
   */
  readonly error: CatalogError | null;
  readonly isLoading: boolean;
  /**
   * Load it, even if there is a value already. Never rejects.
   */
  load: () => Promise<void>;
}
