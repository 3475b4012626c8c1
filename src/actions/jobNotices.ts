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
  let known: ReadonlySet<string> | null = null;
  let newest = '';
  workbench.jobs.stateChanged.connect(({ jobs, isLoaded }) => {
    for (const job of jobs) {
      const wasActive = active.delete(job.id);
      const isNew = known && !known.has(job.id) && job.updated_at > newest;
      if (isActive(job)) {
        active.add(job.id);
      } else if (wasActive || isNew) {
        refreshAfter(workbench, job);
        notify(workbench, job);
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

function notify(workbench: Workbench, job: IJob): void {
  const { navigation, services } = workbench;
  const { trans, isVisible } = services;
  const { view } = navigation;
  if (isVisible() && view.kind === 'job' && view.id === job.id) {
    return;
  }
  const options = {
    actions: [
      { label: trans.__('Show'), callback: () => showJob(workbench, job.id) }
    ]
  };
  if (job.state === 'succeeded') {
    Notification.success(trans.__('%1: done.', job.name), options);
  } else {
    Notification.warning(
      job.error?.detail ?? trans.__('%1: cancelled.', job.name),
      { ...options, autoClose: false }
    );
  }
}
