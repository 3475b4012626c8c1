import { Notification } from '@jupyterlab/apputils';

import { isActive } from '../models/jobs';
import type { Workbench } from '../models/workbench';
import type { IJob } from '../types/api';
import { showJob } from './views';

/**
 * When a job ends, reload what it changed, and notify the user unless the job is on screen. A job that
 * was begun elsewhere may have ended before it was seen here.
 */
export function watchJobs(workbench: Workbench): void {
  const active = new Set<string>();
  const notices = new Map<string, string>();
  let known: ReadonlySet<string> | null = null;
  let newest = '';
  workbench.jobs.stateChanged.connect(({ jobs, isLoaded }) => {
    for (const job of jobs) {
      const wasActive = active.delete(job.id);
      const isNew = known && !known.has(job.id) && job.updated_at > newest;
      if (isActive(job)) {
        active.add(job.id);
        showProgress(workbench, job, notices);
      } else if (wasActive || isNew) {
        refreshAfter(workbench, job);
        notify(workbench, job, notices.get(job.id));
        notices.delete(job.id);
      }
    }
    if (isLoaded) {
      known = new Set(jobs.map(job => job.id));
      newest = jobs.reduce(
        (latest, { updated_at }) => (updated_at > latest ? updated_at : latest),
        newest
      );
    }
  });
}

function refreshAfter(workbench: Workbench, job: IJob): void {
  void workbench.search.refresh();
  void workbench.drafts.refresh();
  void workbench.details.refresh(job.name);
  if (job.error?.code === 'upstream') {
    void workbench.services.session.refresh();
  }
  if (job.state === 'succeeded' && job.draft_id) {
    workbench.drafts.close(job.draft_id);
    workbench.navigation.forget({ kind: 'draft', id: job.draft_id });
  }
  if (job.state === 'succeeded' && job.kind === 'retire') {
    workbench.navigation.forget({ kind: 'entry', name: job.name });
  }
}

/**
 * Show how far a job is that takes its time, in one notification that is updated until its end.
 *
 * @param notices - The notification of each job.
 */
function showProgress(
  workbench: Workbench,
  job: IJob,
  notices: Map<string, string>
): void {
  const { trans } = workbench.services;
  const progress = job.progress;
  const known = notices.get(job.id);
  if (progress?.fraction === undefined) {
    return;
  }
  const message = trans.__('%1: %2', job.name, progress.text);
  if (known !== undefined) {
    Notification.update({ id: known, message, progress: progress.fraction });
  } else if (
    progress.bytes !== undefined &&
    Date.now() - Date.parse(job.created_at) > PATIENCE &&
    !isShown(workbench, job)
  ) {
    const id = Notification.emit(message, 'in-progress', {
      autoClose: false,
      progress: progress.fraction,
      ...optionsOf(workbench, job)
    });
    notices.set(job.id, id);
  }
}

/**
 * @param known - The notification that told of its progress, if there is one.
 */
function notify(
  workbench: Workbench,
  job: IJob,
  known: string | undefined
): void {
  const { trans } = workbench.services;
  if (known !== undefined) {
    Notification.dismiss(known);
  }
  if (isShown(workbench, job)) {
    return;
  }
  const options = optionsOf(workbench, job);
  if (job.state === 'succeeded') {
    Notification.success(trans.__('%1: done.', job.name), options);
  } else {
    Notification.warning(
      job.error?.detail ?? trans.__('%1: cancelled.', job.name),
      { ...options, autoClose: false }
    );
  }
}

/**
 * Whether the job is on the screen, so that nothing need be said of it elsewhere.
 */
function isShown({ navigation, services }: Workbench, job: IJob): boolean {
  const { view } = navigation;
  return services.isVisible() && view.kind === 'job' && view.id === job.id;
}

function optionsOf(workbench: Workbench, job: IJob) {
  const { trans } = workbench.services;
  return {
    actions: [
      { label: trans.__('Show'), callback: () => showJob(workbench, job.id) }
    ]
  };
}

/**
 * Milliseconds after which a job that reads data counts as one that takes its time.
 */
const PATIENCE = 3000;
