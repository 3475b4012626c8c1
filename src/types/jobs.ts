import type { IJob } from './api';

/**
 * Whether a job will not change any more. A state that only a later version knows is none of these.
 */
export function hasEnded({ state }: IJob): boolean {
  return state === 'succeeded' || state === 'failed' || state === 'cancelled';
}
