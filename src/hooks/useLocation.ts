import { useEffect, useState } from 'react';

import type { Workbench } from '../models/workbench';
import type { ILocation } from '../types/api';
import { asCatalogError, type CatalogError } from '../types/errors';

interface IResult {
  location: ILocation | null;
  error: CatalogError | null;
}

/**
 * What the server knows about a path on its file system, requested once the typing pauses.
 *
 * @param path - The path as typed; only absolute paths, and those of a home folder
 *   (`~`), are requested.
 */
export function useLocation(workbench: Workbench, path: string): IResult {
  const { client } = workbench.services;
  const [found, setFound] = useState<(IResult & { path: string }) | null>(null);
  useEffect(() => {
    if (!/^[/~]/.test(path)) {
      return;
    }
    let isGone = false;
    const timer = setTimeout(() => {
      client.locate({ data_path: path }).then(
        location => isGone || setFound({ path, location, error: null }),
        reason =>
          isGone ||
          setFound({ path, location: null, error: asCatalogError(reason) })
      );
    }, PAUSE);
    return () => {
      isGone = true;
      clearTimeout(timer);
    };
  }, [client, path]);
  return found?.path === path ? found : { location: null, error: null };
}

/**
 * Milliseconds without a keystroke.
 */
const PAUSE = 500;
