import { useEffect, useState } from 'react';

import type { Workbench } from '../models/workbench';

/**
 * The tags that name a file format. Empty until they are loaded, and if they cannot be.
 */
export function useFormats({ reference }: Workbench): ReadonlySet<string> {
  const [formats, setFormats] = useState<ReadonlySet<string>>(new Set());
  useEffect(() => {
    reference.vocabulary('formats').then(
      terms => setFormats(new Set(terms.map(({ id }) => id))),
      () => undefined
    );
  }, [reference]);
  return formats;
}
