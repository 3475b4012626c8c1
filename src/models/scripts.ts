import { PathExt } from '@jupyterlab/coreutils';

import type { ScriptMember } from '../types/scripts';

/**
 * Which script a file could be, judged by its extension; null for any other file.
 */
export function memberFor(path: string): ScriptMember | null {
  const extension = PathExt.extname(path).toLowerCase();
  const members: ScriptMember[] = ['loader', 'batch_script'];
  return members.find(member => EXTENSIONS[member].includes(extension)) ?? null;
}

const EXTENSIONS: Readonly<Record<ScriptMember, readonly string[]>> = {
  loader: ['.py', '.r', '.jl'],
  batch_script: ['.sh', '.bash', '.slurm', '.sbatch', '.sl']
};
