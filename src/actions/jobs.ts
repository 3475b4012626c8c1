import type { Workbench } from '../models/workbench';
import type { IJob, IJobOrder } from '../types/api';
import { attempt, reportError } from './report';
import { orderForUnfinished } from './unfinished';
import { showJob } from './views';

/**
 * The command of NERSC's jupyterlab-slurm that shows the details of Slurm jobs.
 */
export const SLURM_DETAILS = 'jupyterlab-slurm:show-job-details';

/**
 * Shows a job in the dashboard of jupyterlab-slurm; undefined if that is not installed or the job is not on Slurm.
 */
export function slurmDashboardOf(
  { services: { commands } }: Workbench,
  { scheduler_id }: IJob
): (() => void) | undefined {
  if (!scheduler_id || !commands.hasCommand(SLURM_DETAILS)) {
    return undefined;
  }
  const shown = { jobIds: [scheduler_id], index: 0 };
  return () => void attempt(() => commands.execute(SLURM_DETAILS, shown));
}

/**
 * Start a job.
 *
 * @returns The job; null if it could not be started, which the user is notified of.
 */
export async function startJob(
  { jobs }: Workbench,
  order: IJobOrder
): Promise<IJob | null> {
  const job = await jobs.start(order);
  reportError(jobs.startError);
  return job;
}

/**
 * Start a job and show it.
 */
export async function startAndShowJob(
  workbench: Workbench,
  order: IJobOrder
): Promise<void> {
  showStarted(workbench, await startJob(workbench, order));
}

/**
 * Resume or undo an unfinished publication, after the user has agreed to what that does.
 *
 * @returns The job; null if none was started.
 */
export async function resumeOrUndo(
  workbench: Workbench,
  kind: 'resume' | 'undo',
  name: string
): Promise<IJob | null> {
  const order = await orderForUnfinished(workbench, kind, name);
  return order && startJob(workbench, order);
}

/**
 * {@link resumeOrUndo}, and show the job.
 */
export async function resumeOrUndoAndShow(
  workbench: Workbench,
  kind: 'resume' | 'undo',
  name: string
): Promise<void> {
  showStarted(workbench, await resumeOrUndo(workbench, kind, name));
}

function showStarted(workbench: Workbench, job: IJob | null): void {
  if (job) {
    showJob(workbench, job.id);
  }
}
