import React, { useEffect } from 'react';

import { copyLink } from '../actions/datasets';
import { resumeOrUndo, slurmDashboardOf, startJob } from '../actions/jobs';
import { openLoaderNotebook } from '../actions/notebooks/notebooks';
import { undoRetirement } from '../actions/retirement';
import { orderWithRepository } from '../actions/unfinished';
import { showDataset } from '../actions/views';
import { JobView } from '../components/jobs/JobView';
import type { IJobActions } from '../components/jobs/kind';
import { useModel } from '../hooks/useModel';
import type { Workbench } from '../models/workbench';
import type { IJob } from '../types/api';
import { CatalogError } from '../types/errors';

export interface IJobPaneProps {
  workbench: Workbench;
  jobId: string;
  /**
   * Another job goes on where this one ended.
   */
  onJob: (id: string) => void;
  onDraft: (id: string) => void;
}

/**
 * A job, bound to its model, with what can be done after it.
 */
export function JobPane(props: IJobPaneProps): JSX.Element | null {
  const { workbench, jobId, onJob, onDraft } = props;
  const { details, jobs, drafts, services } = workbench;
  const { trans } = services;
  useModel(jobs);
  const job = jobs.find(jobId);
  const published =
    job?.state === 'succeeded' ? (job.result?.name ?? null) : null;
  useEffect(() => {
    // The link that the site gives it is copied by a click, which must not wait.
    if (published !== null) {
      void details.entry(published).entry.load();
    }
  }, [details, published]);
  if (!job) {
    return (
      <p className="hnl-Page">
        {trans.__('This job is no longer in the list of jobs.')}
      </p>
    );
  }
  const follow = async (beginning: Promise<IJob | null>): Promise<void> => {
    const next = await beginning;
    if (next) {
      onJob(next.id);
    }
  };
  const back = async (id: string): Promise<void> => {
    const draft = await drafts.open(id);
    const { error } = job;
    if (draft && error?.code === 'invalid_record') {
      draft.take(
        new CatalogError(error.code, error.detail, error.errors ?? [])
      );
    }
    onDraft(id);
  };
  const goOnWith = async (repoId: string): Promise<IJob | null> => {
    const order = await orderWithRepository(job, repoId, trans);
    return order && startJob(workbench, order);
  };
  const actions: IJobActions = {
    start: order => void follow(startJob(workbench, order)),
    settle: (kind, name) => void follow(resumeOrUndo(workbench, kind, name)),
    confirmRepository: repoId => void follow(goOnWith(repoId)),
    undoRetirement: retired => void follow(undoRetirement(workbench, retired)),
    openDraft: id => void back(id),
    copyLink: name =>
      copyLink(workbench, name, details.entry(name).entry.value),
    openNotebook: name => void openLoaderNotebook(workbench, name),
    showDataset: name => showDataset(workbench, name)
  };
  return (
    <JobView
      job={job}
      connected={jobs.isConnected}
      error={jobs.cancelError}
      onCancel={() => void jobs.cancel(job.id)}
      log={jobs.log(job.id)}
      onShowInSlurm={slurmDashboardOf(workbench, job)}
      retired={workbench.retired.get(job.id)}
      actions={actions}
      trans={trans}
    />
  );
}
