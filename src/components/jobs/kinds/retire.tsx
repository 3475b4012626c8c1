import type { TranslationBundle } from '@jupyterlab/translation';
import React from 'react';

import type { IRetired } from '../../../types/retired';
import { Button } from '../../common/Button';
import type { IAfterJobProps, IJobKind } from '../kind';
import { RepositoryButton } from '../publication';

export const kind: IJobKind = {
  title: ({ name }, trans) => trans.__('Retiring %1', name),
  done: (_, trans) => trans.__('It is no longer in the catalog.'),
  After: AfterRetirement
};

/**
 * What remains of the dataset, and the way back.
 */
function AfterRetirement(props: IAfterJobProps): JSX.Element {
  const { job, retired, actions, trans } = props;
  return (
    <>
      {job.state === 'succeeded' && (
        <>
          <p className="hnl-Field-help">{whatRemains(retired, trans)}</p>
          <div className="hnl-Actions">
            <Button onClick={() => actions.undoRetirement(job)}>
              {trans.__('Undo')}
            </Button>
            {retired?.repo_id && (
              <Button
                onClick={() => actions.showDataset(retired.repo_id ?? '')}
              >
                {trans.__('Show what is on the Hub')}
              </Button>
            )}
          </div>
        </>
      )}
      <div className="hnl-Actions">
        <RepositoryButton {...props} />
      </div>
    </>
  );
}

function whatRemains(
  retired: IRetired | undefined,
  trans: TranslationBundle
): string {
  if (!retired) {
    return trans.__(
      'The data was not touched. If it still has a repository on the Hub, the list shows it as “Only on the Hub”.'
    );
  }
  return retired.repo_id === null
    ? trans.__(
        'The data was not touched. Its repository on the Hub was deleted.'
      )
    : trans.__(
        'The data was not touched. Its repository %1 is still on the Hub: the list shows it as “Only on the Hub”.',
        retired.repo_id
      );
}
