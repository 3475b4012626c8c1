import { Clipboard } from '@jupyterlab/apputils';
import React from 'react';

import { adoptDataset } from '../actions/drafts';
import { datasetAddress } from '../actions/links';
import { showList, showListOf } from '../actions/views';
import { ResourceView } from '../components/common/ResourceView';
import { HubView } from '../components/dataset/HubView';
import { UnknownDataset } from '../components/dataset/UnknownDataset';
import { useModel } from '../hooks/useModel';
import type { Workbench } from '../models/workbench';

/**
 * A dataset that is only on the Hub.
 */
export function HubPane(props: {
  workbench: Workbench;
  repoId: string;
}): JSX.Element {
  const { workbench, repoId } = props;
  const { client, trans } = workbench.services;
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
          showListOf(workbench, repoId.slice(repoId.indexOf('/') + 1))
        }
        onList={() => showList(workbench)}
        trans={trans}
      />
    );
  }
  return (
    <ResourceView
      resource={dataset}
      waiting={trans.__('Loading from the Hub…')}
      trans={trans}
    >
      {found => (
        <HubView
          dataset={found}
          onAdopt={() => void adoptDataset(workbench, repoId)}
          onCopyLink={() =>
            Clipboard.copyToSystem(
              datasetAddress(repoId, client.serverSettings.baseUrl)
            )
          }
          trans={trans}
        />
      )}
    </ResourceView>
  );
}
