import type { KernelSpec } from '@jupyterlab/services';
import { useEffect, useState } from 'react';

import type { ILocation } from '../types/api';
import type { IKernel, IScript } from '../components/form';
import type { IRecordSchema } from '../components/form/schema';
import { asCatalogError, type CatalogError } from '../types/errors';
import type { DraftModel } from '../models/draft';
import type { ScriptMember } from '../models/scripts';
import type { Workbench } from '../models/workbench';

/**
 * The record's schema, once it is there.
 */
export function useSchema(workbench: Workbench): {
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

/**
 * The kernels of the running server.
 */
export function useKernels(manager: KernelSpec.IManager): readonly IKernel[] {
  const [kernels, setKernels] = useState<readonly IKernel[]>([]);
  useEffect(() => {
    const read = (): void =>
      setKernels(
        Object.values(manager.specs?.kernelspecs ?? {}).flatMap(spec =>
          spec ? { name: spec.name, display_name: spec.display_name } : []
        )
      );
    read();
    manager.specsChanged.connect(read);
    return () => {
      manager.specsChanged.disconnect(read);
    };
  }, [manager]);
  return kernels;
}

/**
 * The script that a draft names, or else the one of the entry that it changes.
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
  const from = path === null && name ? content.editing : null;
  const [script, setScript] = useState<IScript | null>(null);
  const [error, setError] = useState<CatalogError | null>(null);
  useEffect(() => {
    setError(null);
    if (path === null && from === null) {
      setScript(null);
      return;
    }
    let gone = false;
    const asked =
      path === null
        ? client.getEntry(from ?? '').then(entry => entry[member])
        : client.readScript(path, member).then(({ warnings, ...read }) => ({
            ...read,
            warnings: warnings.map(({ detail }) => detail)
          }));
    asked.then(
      read => gone || setScript(read),
      reason => {
        if (!gone) {
          setScript(null);
          setError(asCatalogError(reason));
        }
      }
    );
    return () => {
      gone = true;
    };
  }, [client, member, path, from]);
  return { script, error };
}

/**
 * What there is to know of the path that is typed, a moment after it was.
 */
export function useLocation(
  workbench: Workbench,
  path: string
): { location: ILocation | null; error: CatalogError | null } {
  const { client } = workbench.services;
  const [found, setFound] = useState<{
    path: string;
    location: ILocation | null;
    error: CatalogError | null;
  } | null>(null);
  useEffect(() => {
    if (!path.startsWith('/')) {
      return;
    }
    let gone = false;
    const timer = setTimeout(() => {
      client.locate({ data_path: path }).then(
        location => gone || setFound({ path, location, error: null }),
        reason =>
          gone ||
          setFound({ path, location: null, error: asCatalogError(reason) })
      );
    }, 500);
    return () => {
      gone = true;
      clearTimeout(timer);
    };
  }, [client, path]);
  return found?.path === path ? found : { location: null, error: null };
}
