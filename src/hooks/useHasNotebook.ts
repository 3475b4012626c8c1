import { useEffect, useState } from 'react';

import type { Workbench } from '../models/workbench';

/**
 * Whether there is an active notebook that a loader can be inserted into.
 */
export function useHasNotebook({ services }: Workbench): boolean {
  const { notebooks } = services;
  const [hasNotebook, setHasNotebook] = useState(false);
  useEffect(() => {
    const read = (): void => setHasNotebook(!!notebooks?.currentWidget);
    read();
    notebooks?.currentChanged.connect(read);
    return () => {
      notebooks?.currentChanged.disconnect(read);
    };
  }, [notebooks]);
  return hasNotebook;
}
