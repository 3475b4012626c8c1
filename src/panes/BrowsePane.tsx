import { Clipboard } from '@jupyterlab/apputils';
import React, { useCallback } from 'react';

import { openMenu } from '../actions/contextMenu';
import { createDraft } from '../actions/drafts';
import { resumeOrUndoAndShow } from '../actions/jobs';
import { searchAddress } from '../actions/links';
import { refresh } from '../actions/refresh';
import { showDataset, showJob } from '../actions/views';
import { BrowseView } from '../components/browse/BrowseView';
import { UnfinishedBanners } from '../components/browse/UnfinishedBanners';
import { JobBanners } from '../components/jobs/JobBanners';
import { useFacetLabels } from '../hooks/useFacetLabels';
import { useFormats } from '../hooks/useFormats';
import { useModel, useSignal } from '../hooks/useModel';
import { useStableArray } from '../hooks/useStableArray';
import { catalogIcon } from '../icons';
import { isActive } from '../models/jobs';
import {
  EVERYTHING,
  toggleFacet,
  writeSearch
} from '../models/search/searchQuery';
import type { Workbench } from '../models/workbench';
import type { IAccess, IDatasetSummary } from '../types/api';

/**
 * The list of all datasets.
 */
export function BrowsePane(props: { workbench: Workbench }): JSX.Element {
  const { workbench } = props;
  const { access, jobs, search, services } = workbench;
  const { client, trans } = services;
  useModel(search);
  const accessVersion = useModel(access);
  useModel(jobs);
  useSignal(services.settings?.changed ?? null);
  const labelOf = useFacetLabels(workbench);
  const formats = useFormats(workbench);
  const columns = useStableArray(workbench.settings.columns);
  const { answer } = search;

  const onRange = useCallback(
    (first: number, last: number) => {
      search.show(first, last);
      access.want(checkable(search, first, last));
    },
    // With another answer, other datasets are at these places.
    [search, access, answer]
  );
  const at = useCallback((index: number) => search.at(index), [search, answer]);
  const accessOf = useCallback(
    (dataset: IDatasetSummary) => accessTo(workbench, dataset),
    [workbench, accessVersion]
  );
  const onFilters = useCallback(
    (areShown: boolean) => {
      search.hasFilters = areShown;
    },
    [search]
  );
  const onOpen = useCallback(
    (id: string) => showDataset(workbench, id),
    [workbench]
  );
  const shownJobs = jobs.jobs.filter(job => isActive(job) || job.kept);
  const unfinished = (answer?.unfinished ?? NONE).filter(
    name => !shownJobs.some(job => job.name === name)
  );
  return (
    <BrowseView
      search={search.search}
      answer={answer}
      error={search.error}
      at={at}
      accessOf={accessOf}
      columns={columns}
      formats={formats}
      labelOf={labelOf}
      icon={catalogIcon}
      onRange={onRange}
      onSearch={part => search.change(part)}
      onToggle={(facet, value) =>
        search.change({
          facets: toggleFacet(search.search.facets, facet, value)
        })
      }
      onSearchFacet={async (facet, contains) => {
        const query = writeSearch({ ...search.search, sort: EVERYTHING.sort });
        return (await client.searchFacet(facet, contains, query)).values;
      }}
      onFilters={onFilters}
      onCopyLink={() =>
        Clipboard.copyToSystem(
          searchAddress(search.query, client.serverSettings.baseUrl)
        )
      }
      onCreate={() => void createDraft(workbench)}
      onOpen={onOpen}
      onMenu={openMenu}
      onRetry={() => void refresh(workbench)}
      trans={trans}
    >
      <JobBanners
        jobs={shownJobs}
        onOpen={id => showJob(workbench, id)}
        onForget={id => void jobs.forget(id)}
        trans={trans}
      />
      <UnfinishedBanners
        names={unfinished}
        onResume={name => void resumeOrUndoAndShow(workbench, 'resume', name)}
        onUndo={name => void resumeOrUndoAndShow(workbench, 'undo', name)}
        trans={trans}
      />
    </BrowseView>
  );
}

/**
 * Nicknames of the datasets at some places whose data can be checked.
 */
function checkable(
  search: Workbench['search'],
  first: number,
  last: number
): string[] {
  const names: string[] = [];
  for (let index = first; index <= last; index++) {
    const dataset = search.at(index);
    if (dataset?.data_path && dataset.source !== 'hub') {
      names.push(dataset.name);
    }
  }
  return names;
}

function accessTo(
  { access }: Workbench,
  dataset: IDatasetSummary
): IAccess | null | undefined {
  if (dataset.source === 'hub' || !dataset.data_path) {
    return null;
  }
  const found = access.get(dataset.name);
  return found === undefined ? dataset.access : found;
}

const NONE: readonly string[] = [];
