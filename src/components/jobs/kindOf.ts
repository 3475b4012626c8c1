import type { TranslationBundle } from '@jupyterlab/translation';

import type { IJobKind, JobName } from './kind';
import { KINDS } from './kinds';

/**
 * What is said of a job whose kind has no words here: one of a later version of the server, say.
 */
const OTHER: IJobKind = {
  title: ({ kind, name }) => `${kind}: ${name}`,
  done: (_, trans) => trans.__('Done.')
};

/**
 * What the panel says of a kind of job.
 */
export function kindOf(
  { kind }: JobName,
  kinds: ReadonlyMap<string, IJobKind> = KINDS
): IJobKind {
  return kinds.get(kind) ?? OTHER;
}

/**
 * What a job is about.
 */
export function jobTitle(job: JobName, trans: TranslationBundle): string {
  return kindOf(job).title(job, trans);
}
