import type { TranslationBundle } from '@jupyterlab/translation';
import { checkIcon, closeIcon } from '@jupyterlab/ui-components';
import React from 'react';

import type { IJob, IJobLog, IJobStep } from '../../types/api';
import type { IAsyncResource } from '../../types/asyncResource';
import type { CatalogError } from '../../types/errors';
import { hasEnded } from '../../types/jobs';
import type { IRetired } from '../../types/retired';
import { Banner } from '../common/Banner';
import { Button } from '../common/Button';
import { JobLog } from './JobLog';
import { JobProgress, type Progress } from './JobProgress';
import type { IJobActions } from './kind';
import { jobTitle, kindOf } from './kindOf';

export interface IJobViewProps {
  job: IJob;
  /**
   * Whether changes come in.
   */
  connected: boolean;
  /**
   * Why the last thing asked of the job was not done.
   */
  error: CatalogError | null;
  onCancel: () => void;
  /**
   * What its process printed, if that can be shown.
   */
  log?: IAsyncResource<IJobLog>;
  /**
   * Shows the job in its scheduler's dashboard, if there is one.
   */
  onShowInSlurm?: (() => void) | undefined;
  /**
   * The dataset that it has retired, if that is known.
   */
  retired?: IRetired | undefined;
  /**
   * What can be done after its end.
   */
  actions: IJobActions;
  trans: TranslationBundle;
}

/**
 * A job on its way: its steps as they happen, and what can be done at its end.
 */
export function JobView(props: IJobViewProps): JSX.Element {
  const { job, connected, error, onShowInSlurm, trans } = props;
  const isActive = !hasEnded(job);
  return (
    <div className="hnl-Page">
      <h3 className="hnl-Page-title">
        {job.state === 'succeeded'
          ? trans.__('%1: done', jobTitle(job, trans))
          : jobTitle(job, trans)}
      </h3>
      <ol
        className="hnl-Steps"
        aria-live="polite"
        aria-relevant="additions text"
      >
        {isActive && job.steps.length === 0 && (
          <li className="hnl-Steps-item hnl-mod-begin">
            {waitingSentence(job, trans)}
          </li>
        )}
        {stepsOf(job).map(step => (
          <Step key={step.name} step={step} active={isActive} trans={trans} />
        ))}
      </ol>
      {isActive && job.progress && (
        <JobProgress
          job={job}
          progress={withoutStep(job.progress, job.steps)}
          trans={trans}
        />
      )}
      {onShowInSlurm && (
        <div className="hnl-Actions">
          <Button look="plain" onClick={onShowInSlurm}>
            {trans.__('Show in Slurm dashboard')}
          </Button>
          <span className="hnl-Field-help">
            {trans.__('Slurm job %1', job.scheduler_id)}
          </span>
        </div>
      )}
      {isActive && !connected && (
        <Banner kind="warning">
          {trans.__(
            'The connection was lost. The work continues, and this page catches up as soon as the connection is back.'
          )}
        </Banner>
      )}
      {error && <Banner kind="error">{error.detail}</Banner>}
      {isActive && (
        <div className="hnl-Actions">
          <Button onClick={props.onCancel}>{trans.__('Cancel')}</Button>
          <span className="hnl-Field-help">
            {trans.__('It continues if you close this page.')}
          </span>
        </div>
      )}
      {!isActive && <End {...props} />}
      {props.log && (
        <JobLog log={props.log} hasEnded={!isActive} trans={trans} />
      )}
    </div>
  );
}

/**
 * Progress that says nothing that stands above it, as a step's words.
 */
function withoutStep(progress: Progress, steps: readonly IJobStep[]): Progress {
  const isSaid = steps.some(({ detail }) => detail === progress.text);
  return isSaid ? { ...progress, text: '' } : progress;
}

/**
 * Each step once, in the order in which they began, with the newest that was said of it.
 */
function stepsOf(job: IJob): IJobStep[] {
  const steps = new Map<string, IJobStep>();
  for (const step of job.steps) {
    // What a request answered is of interest to machines only.
    const before = steps.get(step.name);
    steps.set(step.name, step.phase === 'answered' && before ? before : step);
  }
  return [...steps.values()];
}

function Step({
  step,
  active,
  trans
}: {
  step: IJobStep;
  active: boolean;
  trans: TranslationBundle;
}): JSX.Element {
  const isDone = step.phase === 'done';
  const kind = isDone ? 'done' : active ? 'begin' : 'stopped';
  return (
    <li className={`hnl-Steps-item hnl-mod-${kind}`}>
      <span className="hnl-Steps-mark" aria-hidden="true">
        {isDone ? (
          <checkIcon.react tag="span" />
        ) : active ? (
          <span className="hnl-Spinner" />
        ) : (
          <closeIcon.react tag="span" />
        )}
      </span>
      <span>
        {step.detail || step.name}
        {kind === 'stopped' && (
          <span className="hnl-visuallyHidden">
            {' '}
            {trans.__('(not finished)')}
          </span>
        )}
      </span>
    </li>
  );
}

function End({ job, retired, actions, trans }: IJobViewProps): JSX.Element {
  const { done, After } = kindOf(job);
  return (
    <>
      {job.state === 'succeeded' ? (
        <Banner kind="success">
          <div role="status">{done(job, trans)}</div>
        </Banner>
      ) : (
        <Failure job={job} trans={trans} />
      )}
      {After && (
        <After job={job} retired={retired} actions={actions} trans={trans} />
      )}
    </>
  );
}

function Failure({
  job,
  trans
}: Pick<IJobViewProps, 'job' | 'trans'>): JSX.Element {
  const { error } = job;
  const { kept } = kindOf(job);
  return (
    <Banner kind={job.state === 'failed' ? 'error' : 'warning'}>
      <p>
        {error?.detail ??
          (job.state === 'cancelled'
            ? trans.__('It was cancelled.')
            : trans.__('It failed.'))}
      </p>
      {(error?.errors ?? [])
        .filter(({ code }) => code !== 'unconfirmed')
        .slice(0, 5)
        .map(({ pointer, code, detail }) => (
          <p key={`${pointer} ${code}`}>{detail}</p>
        ))}
      {job.kept && !error && (
        <p>{kept?.(job, trans) ?? trans.__('What was done so far is kept.')}</p>
      )}
    </Banner>
  );
}

/**
 * What is said before there is a step.
 */
function waitingSentence(job: IJob, trans: TranslationBundle): string {
  if (job.state === 'held') {
    return (
      job.reason ?? trans.__('It is on hold and starts when it is released.')
    );
  }
  return job.state === 'queued'
    ? (job.reason ?? trans.__('Starting…'))
    : trans.__('Working…');
}
