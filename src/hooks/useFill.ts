import { useEffect } from 'react';

import type { DraftModel } from '../models/drafts/draft';
import type { ILocation } from '../types/api';

/**
 * Fill in a draft from its data's folder as soon as the folder is known and can be read.
 */
export function useFill(draft: DraftModel, location: ILocation | null): void {
  useEffect(() => {
    if (location?.is_folder && location.access.status === 'readable') {
      void draft.fill.from(location.data_path);
    }
  }, [draft, location]);
}
