import type { TranslationBundle } from '@jupyterlab/translation';
import { addIcon, LabIcon } from '@jupyterlab/ui-components';
import React, { type ReactNode, useDeferredValue, useId, useMemo } from 'react';

import type { IRecordList, IRecordSummary } from '../../api/types';
import type { CatalogError } from '../../errors';
import { Banner } from '../common/Banner';
import { ago } from './ago';
import { DatasetList, type IDatasetListProps } from './DatasetList';

export interface IBrowseViewProps extends Omit<IDatasetListProps, 'records'> {
  /**
   * Null before the first answer.
   */
  records: readonly IRecordSummary[] | null;
  location: IRecordList['catalog'] | null;
  /**
   * When `records` was true, in milliseconds since 1970.
   */
  listedAt: number | null;
  error: CatalogError | null;
  filter: string;
  icon: LabIcon;
  /**
   * What goes on meanwhile, such as jobs.
   */
  children?: ReactNode;
  onFilter: (filter: string) => void;
  onCreate: () => void;
  onRetry: () => void;
}

/**
 * The catalog: a field to filter it by, its datasets, and the way to add one.
 */
export function BrowseView(props: IBrowseViewProps): JSX.Element {
  const { records, location, error, filter, trans } = props;
  const id = useId();
  const query = useDeferredValue(filter);
  const shown = useMemo(
    () => matchingRecords(records ?? [], query),
    [records, query]
  );
  const retry = (
    <button type="button" className="hnl-Button" onClick={props.onRetry}>
      {trans.__('Try again')}
    </button>
  );
  return (
    <div className="hnl-Browse">
      <div className="hnl-Browse-bar">
        <label className="hnl-visuallyHidden" htmlFor={id}>
          {trans.__('Filter datasets')}
        </label>
        <input
          id={id}
          className="hnl-Input"
          type="search"
          placeholder={trans.__('Filter datasets')}
          value={filter}
          onChange={event => props.onFilter(event.currentTarget.value)}
        />
        <button
          type="button"
          className="hnl-Button hnl-mod-primary"
          onClick={props.onCreate}
        >
          <addIcon.react tag="span" aria-hidden="true" />
          {trans.__('Catalog a dataset')}
        </button>
      </div>
      {props.children}
      {location?.problem && <Banner kind="warning">{location.problem}</Banner>}
      {error && (
        <Banner kind={records ? 'warning' : 'error'} actions={retry}>
          {error.detail}
          {records && props.listedAt !== null && (
            <p>
              {trans.__(
                'This is the catalog as it was %1.',
                ago(props.listedAt, trans)
              )}
            </p>
          )}
        </Banner>
      )}
      {!records && !error && <Skeleton trans={trans} />}
      {records?.length === 0 && <EmptyCatalog {...props} />}
      {records && records.length > 0 && (
        <>
          <p
            className={
              query ? 'hnl-Browse-count' : 'hnl-Browse-count hnl-visuallyHidden'
            }
            role="status"
          >
            {shown.length === 0
              ? trans.__('No dataset fits "%1".', query)
              : trans._n(
                  '%1 dataset',
                  '%1 datasets',
                  shown.length,
                  shown.length
                )}
          </p>
          {shown.length > 0 && <DatasetList {...props} records={shown} />}
        </>
      )}
    </div>
  );
}

/**
 * The records that have every word of a query somewhere.
 */
export function matchingRecords(
  records: readonly IRecordSummary[],
  query: string
): readonly IRecordSummary[] {
  const words = query.toLowerCase().split(/\s+/).filter(Boolean);
  return words.length === 0
    ? records
    : records.filter(record => {
        const text = [
          record.name,
          record.pretty_name,
          record.description ?? '',
          record.license ?? '',
          ...record.tags,
          ...record.task_categories
        ]
          .join('\n')
          .toLowerCase();
        return words.every(word => text.includes(word));
      });
}

function EmptyCatalog(props: IBrowseViewProps): JSX.Element {
  const { icon: Icon, location, trans } = props;
  return (
    <div className="hnl-Message">
      <Icon.react
        tag="span"
        className="hnl-Message-icon"
        aria-hidden="true"
        width="48px"
        height="48px"
      />
      <h3 className="hnl-Message-title">{trans.__('Nothing here yet')}</h3>
      <p>
        {trans.__(
          'Right-click a folder in the file browser and choose "Catalog this dataset…", or begin with the button above.'
        )}
      </p>
      {location && (
        <p className="hnl-Message-detail">
          {trans.__('The catalog is the folder %1.', location.root)}
        </p>
      )}
    </div>
  );
}

/**
 * The shape of the list while it is read.
 */
function Skeleton({ trans }: { trans: TranslationBundle }): JSX.Element {
  return (
    <div className="hnl-Skeleton" role="status">
      <span className="hnl-visuallyHidden">
        {trans.__('Reading the catalog…')}
      </span>
      {[0, 1, 2, 3].map(row => (
        <div key={row} className="hnl-Skeleton-row" />
      ))}
    </div>
  );
}
