import { PathExt } from '@jupyterlab/coreutils';

/**
 * The two members of a record that are scripts.
 */
export type ScriptMember = 'loader' | 'batch_script';

/**
 * What a file could be, by its ending.
 */
export function memberFor(path: string): ScriptMember | null {
  const ending = PathExt.extname(path).toLowerCase();
  const members: ScriptMember[] = ['loader', 'batch_script'];
  return members.find(member => ENDINGS[member].includes(ending)) ?? null;
}

const ENDINGS: Readonly<Record<ScriptMember, readonly string[]>> = {
  loader: ['.py', '.r', '.jl'],
  batch_script: ['.sh', '.bash', '.slurm', '.sbatch', '.sl']
};
