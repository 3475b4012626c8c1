import React from 'react';

import type { IJob, IJobStep } from '../../types/api';
import { Button } from '../common/Button';
import { CopyButton } from '../common/CopyButton';
import { WebLink } from '../common/WebLink';
import type { IAfterJobProps, IJobKind } from './kind';

/**
 * What the kinds that publish have in common.
 */
export const publication: Omit<IJobKind, 'title'> = {
  done: (job, trans) =>
    job.result?.pull_request_url
      ? trans.__('It is waiting for review on the Hub.')
      : trans.__('It is in the catalog and on the Hub.'),
  kept: (_, trans) =>
    trans.__(
      'What was done so far is kept: resume it to finish, or undo it to leave nothing behind.'
    ),
  After: AfterPublication
};

function AfterPublication(props: IAfterJobProps): JSX.Element {
  return props.job.state === 'succeeded' ? (
    <Made {...props} />
  ) : (
    <WaysOn {...props} />
  );
}

/**
 * What it made.
 */
function Made({ job, actions, trans }: IAfterJobProps): JSX.Element | null {
  const { result } = job;
  const name = result?.name;
  if (!result || !name) {
    return null;
  }
  const links: [string | undefined, string][] = [
    [result.pull_request_url, trans.__('Pull request')],
    [result.repo_url, trans.__('Page on the Hub')],
    [result.commit_url, trans.__('Commit')]
  ];
  return (
    <>
      <div className="hnl-Actions">
        {result.notebook && (
          <Button look="primary" onClick={() => actions.openNotebook(name)}>
            {trans.__('Open loader notebook')}
          </Button>
        )}
        <Button onClick={() => actions.showDataset(name)}>
          {trans.__('Show dataset')}
        </Button>
        <CopyButton onCopy={() => actions.copyLink(name)} trans={trans}>
          {trans.__('Copy link')}
        </CopyButton>
      </div>
      <ul className="hnl-Links">
        {links.map(
          ([url, text]) =>
            url && (
              <li key={text}>
                <WebLink href={url}>{text}</WebLink>
              </li>
            )
        )}
      </ul>
    </>
  );
}

/**
 * What can be done about a failure; each is left out where it makes no sense.
 */
function WaysOn(props: IAfterJobProps): JSX.Element {
  const { job, actions, trans } = props;
  const { draft_id, kept, kind, name } = job;
  const isChange = ['publish', 'adopt', 'update'].includes(kind);
  return (
    <div className="hnl-Actions">
      {kept && (
        <>
          <Button look="primary" onClick={() => actions.settle('resume', name)}>
            {trans.__('Resume')}
          </Button>
          <Button onClick={() => actions.settle('undo', name)}>
            {trans.__('Undo')}
          </Button>
        </>
      )}
      <RepositoryButton {...props} />
      <CardButtons {...props} />
      {draft_id && isChange && isOfOthers(job) && (
        <Button
          onClick={() => actions.start({ kind, draft_id, create_pr: true })}
        >
          {trans.__('Publish as pull request')}
        </Button>
      )}
      {draft_id && (
        <Button onClick={() => actions.openDraft(draft_id)}>
          {trans.__('Back to the form')}
        </Button>
      )}
    </div>
  );
}

/**
 * The way on with a repository that the job asks about, since its own record does not name the
 * entry.
 */
export function RepositoryButton(props: IAfterJobProps): JSX.Element | null {
  const { job, actions, trans } = props;
  const repoId = unconfirmedRepository(job);
  // What came from the command line cannot be started again from here.
  const canStartAgain = job.kind === 'retire' || job.draft_id !== undefined;
  return repoId === null || !canStartAgain ? null : (
    <Button look="primary" onClick={() => actions.confirmRepository(repoId)}>
      {trans.__('Continue with %1…', repoId)}
    </Button>
  );
}

/**
 * What can become of parts of the card that were changed on the Hub, too.
 */
function CardButtons(props: IAfterJobProps): JSX.Element | null {
  const { job, actions, trans } = props;
  const { draft_id, error, kind } = job;
  const isAsked = error?.errors.some(({ code }) => code === 'card_conflict');
  if (!isAsked || !draft_id) {
    return null;
  }
  // The repository that was confirmed before need not be confirmed again.
  const confirmed = error?.errors.find(({ code }) => code === 'confirmed');
  const goOn = (on_conflict: 'keep' | 'replace') => () =>
    actions.start({
      kind,
      draft_id,
      on_conflict,
      ...(confirmed && { confirmed: confirmed.detail })
    });
  return (
    <>
      <Button look="primary" onClick={goOn('keep')}>
        {trans.__('Keep what is on the Hub')}
      </Button>
      <Button onClick={goOn('replace')}>{trans.__('Replace it')}</Button>
    </>
  );
}

/**
 * The repository that a failed job asks about; null where it does not.
 */
function unconfirmedRepository({ error }: IJob): string | null {
  const found = error?.errors.find(({ code }) => code === 'unconfirmed');
  return found?.detail ?? null;
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
