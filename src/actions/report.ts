import { Notification } from '@jupyterlab/apputils';

import { asCatalogError, type CatalogError } from '../types/errors';

/**
 * Notify the user of an error that no view shows. Null does nothing.
 */
export function reportError(error: CatalogError | null): void {
  if (error) {
    Notification.error(error.detail, { autoClose: false });
  }
}

/**
 * Do something, and notify the user if it fails.
 *
 * @returns The result; null after an error.
 */
export async function attempt<T>(action: () => Promise<T>): Promise<T | null> {
  try {
    return await action();
  } catch (error) {
    reportError(asCatalogError(error));
    return null;
  }
}
