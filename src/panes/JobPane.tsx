import React from 'react';

import { JobView } from '../components/jobs/JobView';
import type { IJob, IJobStep } from '../types/api';
import { CatalogError } from '../types/errors';
import { resumeOrUndo, startJob } from '../actions/jobs';
import { openLoaderNotebook } from '../actions/notebooks';
import {
  orderWithRepository,
  unconfirmedRepository
} from '../actions/unfinished';
import { showDataset } from '../actions/views';
import { useModel } from '../hooks/useModel';
import type { Workbench } from '../models/workbench';

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
  const { jobs, drafts, services } = workbench;
  const { trans } = services;
  useModel(jobs);
  const job = jobs.find(jobId);
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
  const repoId = unconfirmedRepository(job);
  const goOnWith = async (id: string): Promise<IJob | null> => {
    const order = await orderWithRepository(job, id, trans);
    return order && startJob(workbench, order);
  };
  const { draft_id, error, kept, kind, name, result } = job;
  const isChange = kind === 'publish' || kind === 'update';
  const back = async (id: string): Promise<void> => {
    const draft = await drafts.open(id);
    if (draft && error?.code === 'invalid_record') {
      draft.take(
        new CatalogError(error.code, error.detail, error.errors ?? [])
      );
    }
    onDraft(id);
  };
  return (
    <JobView
      job={job}
      connected={jobs.isConnected}
      error={jobs.cancelError}
      onCancel={() => void jobs.cancel(job.id)}
      onResume={
        kept
          ? () => void follow(resumeOrUndo(workbench, 'resume', name))
          : undefined
      }
      onUndo={
        kept
          ? () => void follow(resumeOrUndo(workbench, 'undo', name))
          : undefined
      }
      repoId={repoId}
      onRepository={
        repoId === null ? undefined : () => void follow(goOnWith(repoId))
      }
      onPullRequest={
        draft_id && isChange && isOfOthers(job)
          ? () =>
              void follow(
                startJob(workbench, { kind, draft_id, create_pr: true })
              )
          : undefined
      }
      onDraft={draft_id ? () => void back(draft_id) : undefined}
      onOpenNotebook={
        result?.notebook
          ? () => void openLoaderNotebook(workbench, result.name)
          : undefined
      }
      onInspect={result ? () => showDataset(workbench, result.name) : undefined}
      trans={trans}
    />
  );
}

/**
 * Whether the Hub refused it because the repository is not ours to write to; a pull request may
 * still be.
 */
function isOfOthers({ error, steps }: IJob): boolean {
  const isAt = (phase: IJobStep['phase']): boolean =>
    steps.some(step => step.name === 'repository' && step.phase === phase);
  return (
    error?.code === 'forbidden' ||
    (error?.code === 'conflict' && isAt('begin') && !isAt('done'))
  );
}
