import { Clipboard } from '@jupyterlab/apputils';
import React from 'react';

import { AskedView } from '../components/common/Asked';
import { HubView } from '../components/entry/HubView';
import { UnknownDataset } from '../components/entry/UnknownDataset';
import { datasetAddress } from '../links';
import { useModel } from './useModel';
import type { Workbench } from './workbench';

/**
 * A dataset that is only on the Hub.
 */
export function HubPane(props: {
  workbench: Workbench;
  repoId: string;
}): JSX.Element {
  const { workbench, repoId } = props;
  const { navigation, services } = workbench;
  const { client, trans } = services;
  const { dataset } = workbench.details.hub(repoId);
  useModel(workbench.details.hub(repoId));
  const { error, value } = dataset;
  // The server knows the repositories of one organization, by their names alone.
  const isOther = value !== null && value.repo_id !== repoId;
  if (isOther || (error?.code === 'not_found' && !value)) {
    return (
      <UnknownDataset
        id={repoId}
        detail={error?.detail}
        onSearch={() =>
          workbench.searchFor(repoId.slice(repoId.indexOf('/') + 1))
        }
        onList={() => navigation.show({ kind: 'browse' })}
        trans={trans}
      />
    );
  }
  return (
    <AskedView
      asked={dataset}
      waiting={trans.__('Asking the Hub…')}
      trans={trans}
    >
      {found => (
        <HubView
          dataset={found}
          onAdopt={() => void workbench.adopt(repoId)}
          onCopyLink={() =>
            Clipboard.copyToSystem(
              datasetAddress(repoId, client.serverSettings.baseUrl)
            )
          }
          trans={trans}
        />
      )}
    </AskedView>
  );
}
