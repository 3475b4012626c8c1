import { Clipboard } from '@jupyterlab/apputils';
import React, { useCallback, useEffect, useMemo, useState } from 'react';

import type { IAccess, IDatasetSummary } from '../types/api';
import { BrowseView } from '../components/browse/BrowseView';
import { Unfinished } from '../components/browse/UnfinishedBanners';
import { JobBanners } from '../components/jobs/JobBanners';
import { catalogIcon } from '../icons';
import { searchAddress } from '../actions/links';
import { isActive } from '../models/jobs';
import { EVERYTHING, toggled, writeSearch } from '../models/searchQuery';
import { openMenu } from '../widgets/focus';
import { useFacetLabels } from '../hooks/useFacetLabels';
import { useModel, useSignal } from '../hooks/useModel';
import type { Workbench } from '../models/workbench';

/**
 * The list of all datasets.
 */
export function BrowsePane(props: { workbench: Workbench }): JSX.Element {
  const { workbench } = props;
  const { access, jobs, search, services } = workbench;
  const { client, trans } = services;
  useModel(search);
  const looks = useModel(access);
  useModel(jobs);
  useSignal(services.settings?.changed ?? null);
  const labelOf = useFacetLabels(workbench);
  const formats = useFormats(workbench);
  const columns = useSame(workbench.settings.columns);
  const { answer } = search;

  const onRange = useCallback(
    (first: number, last: number) => {
      search.show(first, last);
      access.want(namesIn(search, first, last));
    },
    // With another answer other datasets are at these places.
    [search, access, answer]
  );
  const at = useCallback((index: number) => search.at(index), [search, answer]);
  const accessOf = useCallback(
    (dataset: IDatasetSummary) => accessTo(workbench, dataset),
    [workbench, looks]
  );
  const onFilters = useCallback(
    (inSight: boolean) => {
      search.hasFilters = inSight;
    },
    [search]
  );
  const onOpen = useCallback(
    (id: string) => workbench.showDataset(id),
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
        search.change({ facets: toggled(search.search.facets, facet, value) })
      }
      onSearchFacet={async (facet, contains) => {
        const query = writeSearch({ ...search.search, sort: EVERYTHING.sort });
        return (await client.searchFacet(facet, contains, query)).values;
      }}
      onFilters={onFilters}
      onCopyLink={() =>
        Clipboard.copyToSystem(
          searchAddress(workbench.searchText, client.serverSettings.baseUrl)
        )
      }
      onCreate={() => void workbench.create()}
      onOpen={onOpen}
      onMenu={openMenu}
      onRetry={() => void workbench.refresh()}
      trans={trans}
    >
      <JobBanners
        jobs={shownJobs}
        onOpen={id => workbench.showJob(id)}
        onForget={id => void jobs.forget(id)}
        trans={trans}
      />
      <Unfinished
        names={unfinished}
        onResume={name => void workbench.beginToSettle('resume', name)}
        onUndo={name => void workbench.beginToSettle('undo', name)}
        trans={trans}
      />
    </BrowseView>
  );
}

/**
 * Nicknames of those in sight whose data can be looked at.
 */
function namesIn(
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

/**
 * The tags that name a file format.
 */
function useFormats(workbench: Workbench): ReadonlySet<string> {
  const [formats, setFormats] = useState<ReadonlySet<string>>(new Set());
  useEffect(() => {
    workbench.reference.vocabulary('formats').then(
      terms => setFormats(new Set(terms.map(({ id }) => id))),
      // Without them the list leaves the formats out.
      () => undefined
    );
  }, [workbench]);
  return formats;
}

/**
 * The same array as long as it holds the same, so that no row is drawn anew for it.
 */
function useSame<T>(values: readonly T[]): readonly T[] {
  const key = JSON.stringify(values);
  return useMemo(() => values, [key]);
}

const NONE: readonly string[] = [];
