import type { LabIcon } from '@jupyterlab/ui-components';
import React from 'react';

import type { ISearch, ISearchAnswer } from '../../types/search';
import { useLate } from '../common/useLate';
import { DatasetList, type IDatasetListProps } from './DatasetList';
import { EmptyCatalog } from './EmptyCatalog';
import { ResultLine } from './ResultLine';
import { Skeleton } from './Skeleton';

export interface IResultsProps extends Omit<
  IDatasetListProps,
  'total' | 'subject' | 'hasText'
> {
  answer: ISearchAnswer;
  /**
   * The present search. The answer may still be the one to the previous search.
   */
  search: ISearch;
  icon: LabIcon;
  onSearch: (part: Partial<ISearch>) => void;
}

/**
 * The datasets that were found and how many there are, or why there are none.
 */
export function Results(props: IResultsProps): JSX.Element {
  const { answer, search, onSearch, trans } = props;
  const { q, facets } = answer.search;
  const hasFilters = Object.keys(facets).length > 0;
  const isOld = useLate(answer.search !== search, SLOW);
  if (answer.total === 0 && q.trim() === '' && !hasFilters) {
    return answer.is_refreshing ? (
      <Skeleton trans={trans} />
    ) : (
      <EmptyCatalog
        icon={props.icon}
        root={answer.catalog.root}
        trans={trans}
      />
    );
  }
  return (
    <div className={`hnl-Browse-found${isOld ? ' hnl-mod-old' : ''}`}>
      <ResultLine
        q={q.trim()}
        total={answer.total}
        isForgiving={answer.is_forgiving}
        isCut={answer.is_cut}
        hasFilters={hasFilters}
        onClearFilters={() => onSearch({ facets: {} })}
        onClearWords={() => onSearch({ q: '' })}
        trans={trans}
      />
      {answer.total > 0 && (
        <DatasetList
          total={answer.total}
          at={props.at}
          subject={answer.search}
          accessOf={props.accessOf}
          columns={props.columns}
          formats={props.formats}
          hasText={q.trim() !== ''}
          onRange={props.onRange}
          onOpen={props.onOpen}
          onMenu={props.onMenu}
          trans={trans}
        />
      )}
    </div>
  );
}

/**
 * Milliseconds after which the answer to the previous search is dimmed.
 */
const SLOW = 400;
