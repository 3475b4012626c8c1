import { useEffect, useState } from 'react';

import type { Workbench } from '../models/workbench';
import { asCatalogError, type CatalogError } from '../types/errors';
import type { IRecordSchema } from '../types/record';

/**
 * The record's schema; null until it is loaded.
 */
export function useRecordSchema(workbench: Workbench): {
  schema: IRecordSchema | null;
  error: CatalogError | null;
  retry: () => void;
} {
  const [schema, setSchema] = useState<IRecordSchema | null>(null);
  const [error, setError] = useState<CatalogError | null>(null);
  const [tries, setTries] = useState(0);
  useEffect(() => {
    setError(null);
    workbench.reference.schema().then(setSchema, reason => {
      setError(asCatalogError(reason));
    });
  }, [workbench, tries]);
  return { schema, error, retry: () => setTries(count => count + 1) };
}
