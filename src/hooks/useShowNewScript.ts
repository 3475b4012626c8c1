import { type RefObject, useEffect, useRef } from 'react';

import type { IEntryForm } from '../components/form';
import type { DraftModel } from '../models/drafts/draft';

/**
 * Show where in the form a script went that was dropped or chosen in the file browser.
 */
export function useShowNewScript(
  draft: DraftModel,
  form: RefObject<IEntryForm>
): void {
  const { loader_path, batch_script_path, values } = draft.content;
  // A draft that holds nothing but a script was begun with it.
  const isBegun = Object.keys(values).length === 0;
  const known = useRef({
    loader: isBegun ? null : loader_path,
    batch_script: isBegun ? null : batch_script_path
  });
  useEffect(() => {
    const paths = { loader: loader_path, batch_script: batch_script_path };
    for (const member of ['loader', 'batch_script'] as const) {
      const path = paths[member];
      if (path !== null && path !== known.current[member]) {
        form.current?.showField(`/${member}`);
      }
    }
    known.current = paths;
  }, [form, loader_path, batch_script_path]);
}
