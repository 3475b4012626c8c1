import { addIcon, filterIcon } from '@jupyterlab/ui-components';
import React, {
  type ReactNode,
  useEffect,
  useId,
  useRef,
  useState
} from 'react';

import type { FacetName } from '../../types/api';
import type { CatalogError } from '../../types/errors';
import type { ISearchAnswer } from '../../types/search';
import { ago } from '../common/ago';
import { Banner } from '../common/Banner';
import { Button } from '../common/Button';
import { ActiveFilters } from './ActiveFilters';
import { Filters, type IFiltersProps } from './Filters';
import { Freshness } from './Freshness';
import { type IResultsProps, Results } from './Results';
import { SearchField } from './SearchField';
import { Skeleton } from './Skeleton';
import { SortField } from './SortField';

export interface IBrowseViewProps extends Omit<IResultsProps, 'answer'> {
  /**
   * The latest answer, maybe to an earlier search; null before the first.
   */
  answer: ISearchAnswer | null;
  error: CatalogError | null;
  labelOf: (facet: FacetName, value: string) => string;
  /**
   * What is shown above the list, such as jobs.
   */
  children?: ReactNode;
  onToggle: (facet: FacetName, value: string) => void;
  onSearchFacet: IFiltersProps['onSearchFacet'];
  /**
   * Called when the facets are shown or hidden; their values are only needed while they are shown.
   */
  onFilters: (areShown: boolean) => void;
  onCopyLink: () => void;
  onCreate: () => void;
  onRetry: () => void;
}

/**
 * The list of all datasets, with search field, filters and the button to add a dataset.
 */
export function BrowseView(props: IBrowseViewProps): JSX.Element {
  const { answer, error, search, onFilters, onSearch, trans } = props;
  const [hasFilters, setFilters] = useState(false);
  // The answer has facets only after the filters were shown.
  const facets = hasFilters ? (answer?.facets ?? []) : [];
  useEffect(() => onFilters(hasFilters), [onFilters, hasFilters]);
  const view = useRef<HTMLDivElement>(null);
  const filtersId = useId();
  const chosen = Object.entries(search.facets).flatMap(([facet, values = []]) =>
    values.map(value => [facet as FacetName, value] as const)
  );
  const retry = (
    <Button onClick={props.onRetry}>{trans.__('Try again')}</Button>
  );
  return (
    <div className="hnl-Browse" ref={view}>
      <div className="hnl-Browse-bar">
        <SearchField
          value={search.q}
          onChange={q => onSearch({ q })}
          onDown={() =>
            view.current
              ?.querySelector<HTMLElement>('.hnl-Row-open[tabindex="0"]')
              ?.focus()
          }
          trans={trans}
        />
        <Button
          aria-expanded={hasFilters}
          aria-controls={filtersId}
          onClick={() => setFilters(!hasFilters)}
        >
          <filterIcon.react tag="span" aria-hidden="true" />
          {chosen.length > 0
            ? trans.__('Filters (%1)', chosen.length)
            : trans.__('Filters')}
        </Button>
        <SortField
          value={search.sort}
          onChange={sort => onSearch({ sort })}
          trans={trans}
        />
        <Button look="primary" onClick={props.onCreate}>
          <addIcon.react tag="span" aria-hidden="true" />
          {trans.__('Catalog a dataset')}
        </Button>
      </div>
      {props.children}
      {error && (
        <Banner kind={answer ? 'warning' : 'error'} actions={retry}>
          {error.detail}
          {answer && (
            <p>
              {trans.__(
                'This is the catalog as it was %1.',
                ago(answer.at, trans)
              )}
            </p>
          )}
        </Banner>
      )}
      {chosen.length > 0 && (
        <ActiveFilters
          filters={chosen}
          // While the filters are shown, they have such a button themselves.
          canClear={chosen.length > 1 && facets.length === 0}
          labelOf={props.labelOf}
          onRemove={props.onToggle}
          onClear={() => onSearch({ facets: {} })}
          trans={trans}
        />
      )}
      <div className="hnl-Browse-main">
        {facets.length > 0 && (
          <Filters
            id={filtersId}
            facets={facets}
            chosen={search.facets}
            labelOf={props.labelOf}
            onToggle={props.onToggle}
            onSearchFacet={props.onSearchFacet}
            onClear={() => onSearch({ facets: {} })}
            onCopyLink={props.onCopyLink}
            trans={trans}
          />
        )}
        <div className="hnl-Browse-results">
          {answer && <Freshness {...answer} retry={retry} trans={trans} />}
          {!answer && !error && <Skeleton trans={trans} />}
          {answer && <Results {...props} answer={answer} />}
        </div>
      </div>
    </div>
  );
}
