import React from 'react';

import type { IJob, IShare } from '../../types/api';
import type { IShareActions } from './share';
import { ShareCard } from './ShareCard';

export interface ISharesProps extends IShareActions {
  shares: readonly IShare[];
  /**
   * The newest job of a channel, if any.
   */
  jobOf: (channel: string) => IJob | undefined;
}

/**
 * How a dataset is shared besides the Hub: a card for each channel of the site.
 */
export function Shares(props: ISharesProps): JSX.Element {
  const { shares, trans } = props;
  if (shares.length === 0) {
    return (
      <p className="hnl-Empty">
        {trans.__('This site offers no other ways to share.')}
      </p>
    );
  }
  return (
    <ul className="hnl-Shares">
      {shares.map(share => (
        <li key={share.channel} className="hnl-Share">
          <ShareCard
            {...props}
            share={share}
            job={props.jobOf(share.channel)}
          />
        </li>
      ))}
    </ul>
  );
}
