import type { IAsyncResource } from '../../../types/asyncResource';
import type { CatalogError } from '../../../types/errors';

/**
 * A resource that has loaded a value, or failed.
 */
export function resourceOf<T>(
  value: T | null,
  error?: CatalogError
): IAsyncResource<T> {
  return {
    value,
    error: error ?? null,
    isLoading: false,
    load: jest.fn(async () => undefined)
  };
}
