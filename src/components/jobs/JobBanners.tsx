import type { TranslationBundle } from '@jupyterlab/translation';
import React from 'react';

import type { IJob } from '../../types/api';
import { hasEnded } from '../../types/jobs';
import { Banner } from '../common/Banner';
import { Button } from '../common/Button';
import { JobProgress } from './JobProgress';
import { jobTitle } from './kindOf';

export interface IJobBannersProps {
  /**
   * Those at work, and those that ended in a way that somebody has to look at.
   */
  jobs: readonly IJob[];
  onOpen: (id: string) => void;
  onForget: (id: string) => void;
  trans: TranslationBundle;
}

/**
 * What goes on, or went wrong, in a line each.
 */
export function JobBanners(props: IJobBannersProps): JSX.Element {
  const { jobs, trans } = props;
  return (
    <div role="status">
      {jobs.map(job => {
        const title = jobTitle(job, trans);
        const failed = hasEnded(job);
        return (
          <Banner
            key={job.id}
            kind={failed ? 'warning' : 'info'}
            actions={
              <>
                <Button
                  aria-label={trans.__('Show: %1', title)}
                  onClick={() => props.onOpen(job.id)}
                >
                  {trans.__('Show')}
                </Button>
                {failed && (
                  <Button
                    look="plain"
                    aria-label={trans.__('Dismiss: %1', title)}
                    onClick={() => props.onForget(job.id)}
                  >
                    {trans.__('Dismiss')}
                  </Button>
                )}
              </>
            }
          >
            {failed ? trans.__('%1 did not finish.', title) : `${title}…`}
            {job.state === 'held' && ` ${trans.__('(held)')}`}
            {!failed && job.progress && (
              <JobProgress
                job={job}
                progress={job.progress}
                isQuiet
                trans={trans}
              />
            )}
          </Banner>
        );
      })}
    </div>
  );
}
