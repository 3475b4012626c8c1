import { useEffect, useState } from 'react';

import type { DraftModel } from '../models/drafts/draft';
import type { Workbench } from '../models/workbench';
import { asCatalogError, type CatalogError } from '../types/errors';
import type { IScript, ScriptMember } from '../types/scripts';

/**
 * The script that a draft names, or else the one of the dataset that the draft changes.
 */
export function useScript(
  workbench: Workbench,
  draft: DraftModel,
  member: ScriptMember
): { script: IScript | null; error: CatalogError | null } {
  const { client } = workbench.services;
  const { content } = draft;
  const path =
    member === 'loader' ? content.loader_path : content.batch_script_path;
  const name = content.values[member];
  const dataset = path === null && name ? content.editing : null;
  const [script, setScript] = useState<IScript | null>(null);
  const [error, setError] = useState<CatalogError | null>(null);
  useEffect(() => {
    setError(null);
    if (path === null && dataset === null) {
      setScript(null);
      return;
    }
    let isGone = false;
    const request =
      path === null
        ? client.getEntry(dataset ?? '').then(entry => entry[member])
        : client.readScript(path, member);
    request.then(
      found => isGone || setScript(found),
      reason => {
        if (!isGone) {
          setScript(null);
          setError(asCatalogError(reason));
        }
      }
    );
    return () => {
      isGone = true;
    };
  }, [client, member, path, dataset]);
  return { script, error };
}
