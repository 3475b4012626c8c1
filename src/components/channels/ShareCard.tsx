import { Clipboard } from '@jupyterlab/apputils';
import type { TranslationBundle } from '@jupyterlab/translation';
import React, { useState } from 'react';

import type { IJob, IShare, IShareAction } from '../../types/api';
import type { IFieldError } from '../../types/errors';
import { hasEnded } from '../../types/jobs';
import { ago } from '../common/ago';
import { Banner } from '../common/Banner';
import { Button } from '../common/Button';
import { CopyButton } from '../common/CopyButton';
import { WebLink } from '../common/WebLink';
import { JobProgress } from '../jobs/JobProgress';
import { ActionOptions } from './ActionOptions';
import type { IPlacement } from './RunOn';
import type { IShareActions, ShareOptions } from './share';

export interface IShareCardProps extends IShareActions {
  share: IShare;
  /**
   * The newest job of the channel.
   */
  job: IJob | undefined;
}

/**
 * One channel: its state, what is missing, and what can be done next.
 */
export function ShareCard(props: IShareCardProps): JSX.Element {
  const { share, trans } = props;
  const [ended, job] =
    props.job && hasEnded(props.job) ? [props.job] : [undefined, props.job];
  const [chosen, setChosen] = useState<IShareAction | null>(null);
  const start = async (
    action: IShareAction,
    options: ShareOptions,
    placement?: IPlacement
  ): Promise<readonly IFieldError[]> => {
    const started = await props.onStart(share, action, options, placement);
    if (started === 'begun') {
      setChosen(null);
    }
    return typeof started === 'string' ? [] : started;
  };
  const state = job ? 'running' : share.state;
  return (
    <>
      <div className="hnl-Share-head">
        <h4 className="hnl-Share-title">{share.title}</h4>
        <span className={`hnl-Share-state hnl-mod-${state}`}>
          {job ? trans.__('running') : stateWord(share, trans)}
        </span>
      </div>
      {share.url && <ShareLink url={share.url} trans={trans} />}
      <p className="hnl-Share-text">{share.detail ?? share.summary}</p>
      {job ? (
        <Running {...props} job={job} />
      ) : (
        <>
          {ended && <Ended {...props} job={ended} />}
          <Missing share={share} onEdit={props.onEdit} trans={trans} />
          {chosen ? (
            <ActionOptions
              action={chosen}
              executors={props.executors}
              onStart={(options, placement) =>
                start(chosen, options, placement)
              }
              onCancel={() => setChosen(null)}
              trans={trans}
            />
          ) : (
            <div className="hnl-Actions">
              {share.actions.map(action => (
                <Button
                  key={action.name}
                  title={action.summary}
                  isWaiting={action.missing.some(isOfRecord)}
                  onClick={() =>
                    action.options.length > 0
                      ? setChosen(action)
                      : void start(action, {})
                  }
                >
                  {action.options.length > 0 || action.question
                    ? trans.__('%1…', action.title)
                    : action.title}
                </Button>
              ))}
              {share.keys.length > 0 && (
                <Button look="plain" onClick={props.onKeys}>
                  {trans.__('Manage keys')}
                </Button>
              )}
            </div>
          )}
        </>
      )}
    </>
  );
}

/**
 * What was shared: a link where a browser can open it, otherwise its address to copy, such as that
 * of a torrent.
 */
function ShareLink(props: {
  url: string;
  trans: TranslationBundle;
}): JSX.Element {
  const { url, trans } = props;
  return (
    <div className="hnl-Share-link">
      {/^https?:/i.test(url) ? (
        <WebLink href={url} />
      ) : (
        <CopyButton
          className="hnl-LinkButton"
          onCopy={() => Clipboard.copyToSystem(url)}
          copied={trans.__('Copied')}
          trans={trans}
        >
          {/^magnet:/i.test(url)
            ? trans.__('Copy magnet link')
            : trans.__('Copy address')}
        </CopyButton>
      )}
    </div>
  );
}

/**
 * How the last job ended, if it made something to fetch or failed.
 */
function Ended(props: IShareCardProps & { job: IJob }): JSX.Element | null {
  const { job, trans } = props;
  const { copy_text, path, text } = job.result ?? {};
  const words = job.error ? job.error.detail : text;
  return typeof words === 'string' && (job.error || copy_text || path) ? (
    <div className="hnl-Share-result">
      <Banner
        kind={job.error ? 'warning' : 'info'}
        actions={
          <Button onClick={() => props.onShowJob(job)}>
            {trans.__('Show')}
          </Button>
        }
      >
        {words}
      </Banner>
    </div>
  ) : null;
}

function Running(props: IShareCardProps & { job: IJob }): JSX.Element {
  const { job, trans } = props;
  const step = job.steps[job.steps.length - 1];
  return (
    <>
      <JobProgress
        job={job}
        progress={job.progress ?? { text: step?.detail ?? '' }}
        isQuiet
        trans={trans}
      />
      <div className="hnl-Actions">
        <Button onClick={() => props.onShowJob(job)}>{trans.__('Show')}</Button>
        <Button onClick={() => props.onCancel(job)}>
          {trans.__('Cancel')}
        </Button>
      </div>
    </>
  );
}

/**
 * What the record lacks for some of the actions, each error once.
 */
function Missing(props: {
  share: IShare;
  onEdit: () => void;
  trans: TranslationBundle;
}): JSX.Element | null {
  const { share, onEdit, trans } = props;
  const faults = new Map(
    share.actions
      .flatMap(action => action.missing.filter(isOfRecord))
      .map(fault => [`${fault.pointer} ${fault.detail}`, fault])
  );
  return faults.size === 0 ? null : (
    <div className="hnl-Share-missing">
      <ul>
        {[...faults].map(([key, fault]) => (
          <li key={key}>{fault.detail}</li>
        ))}
      </ul>
      <Button onClick={onEdit}>{trans.__('Edit')}</Button>
    </div>
  );
}

/**
 * Whether a fault is one of the record, not of the options that are asked for next.
 */
function isOfRecord(fault: IShareAction['missing'][number]): boolean {
  return !fault.pointer.startsWith('/options');
}

function stateWord(share: IShare, trans: TranslationBundle): string {
  const when = share.at ? ago(share.at, trans) : '';
  switch (share.state) {
    case 'none':
      return trans.__('not shared');
    case 'begun':
      return when ? trans.__('started %1', when) : trans.__('started');
    case 'shared':
      return when ? trans.__('shared %1', when) : trans.__('shared');
    case 'outdated':
      return trans.__('data changed since');
  }
}
