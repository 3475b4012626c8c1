import type { TranslationBundle } from '@jupyterlab/translation';
import {
  addIcon,
  caretDownEmptyIcon,
  filterIcon,
  LabIcon
} from '@jupyterlab/ui-components';
import React, {
  type ReactNode,
  useEffect,
  useId,
  useRef,
  useState
} from 'react';

import type { FacetName, IDatasetPage } from '../../types/api';
import type { CatalogError } from '../../types/errors';
import { Banner } from '../common/Banner';
import { Button } from '../common/Button';
import { Chips } from '../common/Chips';
import { useLate } from '../common/useLate';
import { ago } from '../common/ago';
import { DatasetList, type IDatasetListProps } from './DatasetList';
import { facetTitle } from './facets';
import { Filters, type IFiltersProps } from './Filters';
import { Freshness } from './Freshness';
import { ResultLine } from './ResultLine';
import { SearchField } from './SearchField';

/**
 * Everything that decides what is in the list.
 */
interface ISearch {
  readonly q: string;
  readonly facets: Readonly<Partial<Record<FacetName, readonly string[]>>>;
  readonly sort: Sort;
}

type Sort = 'relevance' | 'newest' | 'name' | 'size';

export interface IBrowseViewProps extends Omit<
  IDatasetListProps,
  'total' | 'subject' | 'hasText'
> {
  search: ISearch;
  /**
   * The newest answer, maybe to an earlier search; null before the first.
   */
  answer:
    (Omit<IDatasetPage, 'datasets'> & { search: ISearch; at: number }) | null;
  error: CatalogError | null;
  labelOf: (facet: FacetName, value: string) => string;
  icon: LabIcon;
  /**
   * What goes on meanwhile, such as jobs.
   */
  children?: ReactNode;
  onSearch: (part: Partial<ISearch>) => void;
  onToggle: (facet: FacetName, value: string) => void;
  onSearchFacet: IFiltersProps['onSearchFacet'];
  /**
   * The facets come into sight, or leave it: nobody needs to count them then.
   */
  onFilters: (inSight: boolean) => void;
  onCopyLink: () => void;
  onCreate: () => void;
  onRetry: () => void;
}

/**
 * All datasets: what to search for and to narrow the list by, those that fit, and the way to add one.
 */
export function BrowseView(props: IBrowseViewProps): JSX.Element {
  const { answer, error, search, onFilters, onSearch, trans } = props;
  const [hasFilters, setFilters] = useState(false);
  // Nobody has counted them before somebody looks.
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
        <SortChoice {...props} />
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
        <Chosen
          {...props}
          chosen={chosen}
          // With the filters open there is one among them.
          canClear={chosen.length > 1 && facets.length === 0}
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

function Results(
  props: IBrowseViewProps & { answer: NonNullable<IBrowseViewProps['answer']> }
): JSX.Element {
  const { answer, search, onSearch, trans } = props;
  const { q, facets } = answer.search;
  const hasFilters = Object.keys(facets).length > 0;
  const isOld = useLate(answer.search !== search, SLOW);
  if (answer.total === 0 && q.trim() === '' && !hasFilters) {
    return answer.is_refreshing ? (
      <Skeleton trans={trans} />
    ) : (
      <EmptyCatalog {...props} root={answer.catalog.root} />
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
 * Milliseconds after which the answer to an earlier question pales.
 */
const SLOW = 400;

function SortChoice(props: IBrowseViewProps): JSX.Element {
  const { search, trans } = props;
  const sorts: [Sort, string][] = [
    ['relevance', trans.__('Best match')],
    ['newest', trans.__('Newest')],
    ['name', trans.__('Title')],
    ['size', trans.__('Largest')]
  ];
  return (
    <div className="hnl-Select hnl-Browse-sort">
      <select
        className="hnl-Input"
        aria-label={trans.__('Sort by')}
        title={trans.__('Sort by')}
        value={search.sort}
        onChange={event =>
          props.onSearch({ sort: event.currentTarget.value as Sort })
        }
      >
        {sorts.map(([sort, label]) => (
          <option key={sort} value={sort}>
            {label}
          </option>
        ))}
      </select>
      <caretDownEmptyIcon.react tag="span" aria-hidden="true" />
    </div>
  );
}

/**
 * What the list is narrowed by, each with a button to remove it.
 */
function Chosen(
  props: IBrowseViewProps & {
    chosen: readonly (readonly [FacetName, string])[];
    canClear: boolean;
  }
): JSX.Element {
  const { chosen, labelOf, onSearch, onToggle, trans } = props;
  const id = useId();
  const area = useRef<HTMLDivElement>(null);
  const focusField = (): void =>
    area.current
      ?.closest('.hnl-Browse')
      ?.querySelector<HTMLElement>('input[type=search]')
      ?.focus();
  return (
    <div className="hnl-Browse-chosen" ref={area}>
      <span className="hnl-visuallyHidden" id={id}>
        {trans.__('Chosen filters')}
      </span>
      <Chips
        labelId={id}
        chips={chosen.map(([facet, value]) => ({
          id: `${facet}:${value}`,
          label: `${facetTitle(facet, trans)}: ${labelOf(facet, value)}`
        }))}
        readOnly={false}
        onRemove={chip => {
          const found = chosen.find(([facet, it]) => `${facet}:${it}` === chip);
          if (found) {
            onToggle(...found);
          }
        }}
        onEmptied={focusField}
        trans={trans}
      />
      {props.canClear && (
        <button
          type="button"
          className="hnl-LinkButton"
          onClick={() => {
            focusField();
            onSearch({ facets: {} });
          }}
        >
          {trans.__('Clear all')}
        </button>
      )}
    </div>
  );
}

function EmptyCatalog(props: IBrowseViewProps & { root: string }): JSX.Element {
  const { icon: Icon, root, trans } = props;
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
      {root && (
        <p className="hnl-Message-detail">
          {trans.__('The catalog is the folder %1.', root)}
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
