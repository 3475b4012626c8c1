import type { TranslationBundle } from '@jupyterlab/translation';
import { checkIcon, closeIcon } from '@jupyterlab/ui-components';
import React, { type ReactNode } from 'react';

import type { IJob, IJobStep } from '../../types/api';
import type { CatalogError } from '../../types/errors';
import { Banner } from '../common/Banner';
import { Button } from '../common/Button';
import { jobTitle } from './jobTitle';

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
   * Something to go on with after a failure; each is left out where it makes no sense.
   */
  onResume?: (() => void) | undefined;
  onUndo?: (() => void) | undefined;
  onPullRequest?: (() => void) | undefined;
  /**
   * The repository that the job asks about, since its own record does not name the entry.
   */
  repoId?: string | null;
  onRepository?: (() => void) | undefined;
  /**
   * Back to the form, for errors in what was written.
   */
  onDraft?: (() => void) | undefined;
  onOpenNotebook?: (() => void) | undefined;
  onInspect?: (() => void) | undefined;
  trans: TranslationBundle;
}

/**
 * A job on its way: its steps as they happen, and what can be done at its end.
 */
export function JobView(props: IJobViewProps): JSX.Element {
  const { job, connected, error, trans } = props;
  const isActive = job.state === 'queued' || job.state === 'running';
  return (
    <div className="hnl-Page">
      <h3 className="hnl-Page-title">{jobTitle(job, trans)}</h3>
      <ol
        className="hnl-Steps"
        aria-live="polite"
        aria-relevant="additions text"
      >
        {job.state === 'queued' && job.steps.length === 0 && (
          <li className="hnl-Steps-item hnl-mod-begin">
            {trans.__('About to begin…')}
          </li>
        )}
        {stepsOf(job).map(step => (
          <Step key={step.name} step={step} active={isActive} trans={trans} />
        ))}
      </ol>
      {isActive && !connected && (
        <Banner kind="warning">
          {trans.__(
            'The connection is lost. The work goes on by itself; this page follows again as soon as it can.'
          )}
        </Banner>
      )}
      {error && <Banner kind="error">{error.detail}</Banner>}
      {isActive && (
        <div className="hnl-Actions">
          <Button onClick={props.onCancel}>{trans.__('Cancel')}</Button>
          <span className="hnl-Field-help">
            {trans.__('It goes on when this page is closed.')}
          </span>
        </div>
      )}
      {job.state === 'succeeded' && <Success {...props} />}
      {(job.state === 'failed' || job.state === 'cancelled') && (
        <Failure {...props} />
      )}
    </div>
  );
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

function Success(props: IJobViewProps): JSX.Element {
  const { job, trans } = props;
  const { result } = job;
  return (
    <>
      <Banner kind="success">
        <div role="status">{doneSentence(job, trans)}</div>
      </Banner>
      <div className="hnl-Actions">
        {props.onOpenNotebook && (
          <Button look="primary" onClick={props.onOpenNotebook}>
            {trans.__('Open loader notebook')}
          </Button>
        )}
        {props.onInspect && (
          <Button onClick={props.onInspect}>{trans.__('Inspect')}</Button>
        )}
      </div>
      <ul className="hnl-Links">
        {result?.pull_request_url && (
          <Outside href={result.pull_request_url}>
            {trans.__('Pull request')}
          </Outside>
        )}
        {result?.repo_url && (
          <Outside href={result.repo_url}>
            {trans.__('Page on the Hub')}
          </Outside>
        )}
        {result?.commit_url && (
          <Outside href={result.commit_url}>{trans.__('Commit')}</Outside>
        )}
      </ul>
    </>
  );
}

function Failure(props: IJobViewProps): JSX.Element {
  const { job, trans } = props;
  const { error } = job;
  return (
    <>
      <Banner kind={job.state === 'failed' ? 'error' : 'warning'}>
        <p>
          {error?.detail ??
            (job.state === 'cancelled'
              ? trans.__('It was cancelled.')
              : trans.__('It did not succeed.'))}
        </p>
        {(error?.errors ?? [])
          .filter(({ code }) => code !== 'unconfirmed')
          .slice(0, 5)
          .map(({ pointer, code, detail }) => (
            <p key={`${pointer} ${code}`}>{detail}</p>
          ))}
        {job.kept && !error && (
          <p>
            {trans.__(
              'What was done so far is kept: resume it to finish, or undo it to leave nothing behind.'
            )}
          </p>
        )}
      </Banner>
      <div className="hnl-Actions">
        {props.onResume && (
          <Button look="primary" onClick={props.onResume}>
            {trans.__('Resume')}
          </Button>
        )}
        {props.onUndo && (
          <Button onClick={props.onUndo}>{trans.__('Undo')}</Button>
        )}
        {props.onRepository && (
          <Button look="primary" onClick={props.onRepository}>
            {trans.__('Go on with %1…', props.repoId)}
          </Button>
        )}
        {props.onPullRequest && (
          <Button onClick={props.onPullRequest}>
            {trans.__('Publish as pull request')}
          </Button>
        )}
        {props.onDraft && (
          <Button onClick={props.onDraft}>
            {trans.__('Back to the form')}
          </Button>
        )}
      </div>
    </>
  );
}

function doneSentence(job: IJob, trans: TranslationBundle): string {
  switch (job.kind) {
    case 'publish':
    case 'update':
    case 'resume':
      return job.result?.pull_request_url
        ? trans.__('It waits for its review on the Hub.')
        : trans.__('It is in the catalog and on the Hub.');
    case 'retire':
      return trans.__('It is no longer in the catalog.');
    case 'undo':
      return trans.__('Nothing of it is left.');
  }
}

function Outside(props: { href: string; children: ReactNode }): JSX.Element {
  return (
    <li>
      <a href={props.href} target="_blank" rel="noopener noreferrer">
        {props.children}
      </a>
    </li>
  );
}
