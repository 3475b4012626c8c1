import type { IAsyncResource } from '../types/asyncResource';
import { asCatalogError, type CatalogError } from '../types/errors';

/**
 * A value that is loaded from the server on its own. The last value is kept while a newer one loads
 * and after an error, unless the error says that it no longer exists.
 */
export class AsyncResource<T> implements IAsyncResource<T> {
  /**
   * @param _fetch - Sends the request.
   * @param _changed - Called after each change of state.
   */
  constructor(
    private readonly _fetch: () => Promise<T>,
    private readonly _changed: () => void
  ) {}

  get value(): T | null {
    return this._value;
  }

  get error(): CatalogError | null {
    return this._error;
  }

  get isLoading(): boolean {
    return this._request !== null;
  }

  /**
   * Load the value, even if there is one. Resolves when the latest request is answered, even if that
   * one was sent after this call. Never rejects.
   */
  async load(): Promise<void> {
    const loading = this._load(this._fetch());
    this._latest = loading;
    await loading;
    if (this._latest !== loading) {
      await this._latest;
    }
  }

  /**
   * Load the value unless it is there. Never rejects.
   */
  async loadOnce(): Promise<void> {
    if (this._value === null) {
      await (this.isLoading ? this._latest : this.load());
    }
  }

  /**
   * Drop the value, and ignore the answer to a request that is under way.
   */
  reset(): void {
    this._value = null;
    this._error = null;
    this._request = null;
    this._changed();
  }

  private async _load(request: Promise<T>): Promise<void> {
    this._request = request;
    this._error = null;
    this._changed();
    try {
      const value = await request;
      if (this._request === request) {
        this._value = value;
      }
    } catch (reason) {
      if (this._request === request) {
        this._error = asCatalogError(reason);
        if (this._error.code === 'not_found') {
          this._value = null;
        }
      }
    }
    if (this._request === request) {
      this._request = null;
      this._changed();
    }
  }

  private _value: T | null = null;
  private _error: CatalogError | null = null;
  private _request: Promise<T> | null = null;
  private _latest: Promise<void> | null = null;
}
