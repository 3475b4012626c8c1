import type { TranslationBundle } from '@jupyterlab/translation';
import { ellipsesIcon } from '@jupyterlab/ui-components';
import React, { memo, type MouseEvent } from 'react';

import type { IAccess, IDatasetSummary, ISpan } from '../../types/api';
import type { Column } from '../../types/settings';
import { ago, monthOf } from '../common/ago';
import { sizeText } from './sizeText';
import { AccessBadge } from './AccessBadge';
import { Highlighted, type IHighlightedProps } from './Highlighted';

export interface IDatasetRowProps {
  /**
   * Null while it is loading.
   */
  dataset: IDatasetSummary | null;
  /**
   * Who can open it; null if there is nothing to show, undefined if it was not checked yet.
   */
  access: IAccess | null | undefined;
  columns: readonly Column[];
  /**
   * The tags that name a file format.
   */
  formats: ReadonlySet<string>;
  /**
   * Whether the search has words. Each row then has a line of its description.
   */
  hasText: boolean;
  tabIndex: number;
  onOpen: (id: string) => void;
  /**
   * Called when the button for more actions is clicked.
   */
  onMenu: (event: MouseEvent<HTMLElement>) => void;
  trans: TranslationBundle;
}

/**
 * One row of the list. All rows have the same lines, so that all have the same height.
 */
export const DatasetRow = memo((props: IDatasetRowProps): JSX.Element => {
  const { dataset, hasText, tabIndex, trans } = props;
  // What most people can do with most datasets says nothing.
  const access = props.access?.status === 'readable' ? null : props.access;
  const title = dataset ? dataset.pretty_name || dataset.name : '';
  return (
    <>
      <button
        type="button"
        className="hnl-Row-open"
        tabIndex={tabIndex}
        aria-disabled={dataset === null || undefined}
        onClick={() => dataset && props.onOpen(dataset.id)}
      >
        <span className="hnl-Row-title" title={title}>
          {dataset ? (
            <Highlighted text={title} highlights={titleHighlights(dataset)} />
          ) : (
            <span className="hnl-Row-waiting">{trans.__('Loading…')}</span>
          )}
        </span>
        <span className="hnl-Row-second">
          <span className="hnl-Row-badges">
            {dataset &&
              badgesOf(dataset, trans).map(([kind, text, why]) => (
                <span
                  key={text}
                  className={`hnl-Badge hnl-mod-${kind}`}
                  title={why}
                >
                  {text}
                </span>
              ))}
            {access && <AccessBadge access={access} trans={trans} />}
          </span>
          <span className="hnl-Row-meta">
            {dataset && <Meta {...props} dataset={dataset} />}
          </span>
        </span>
        <span className={`hnl-Row-text${hasText ? '' : ' hnl-mod-wide'}`}>
          {dataset && <Excerpt dataset={dataset} trans={trans} />}
        </span>
        <span className="hnl-Row-by hnl-mod-wide">
          {dataset && <By dataset={dataset} trans={trans} />}
        </span>
      </button>
      <button
        type="button"
        className="hnl-IconButton hnl-Row-menu"
        tabIndex={tabIndex}
        aria-haspopup="menu"
        aria-label={trans.__('More actions for %1', title)}
        title={trans.__('More actions')}
        aria-disabled={dataset === null || undefined}
        onClick={event => dataset && props.onMenu(event)}
      >
        <ellipsesIcon.react tag="span" aria-hidden="true" />
      </button>
    </>
  );
});
DatasetRow.displayName = 'DatasetRow';

/**
 * The matches in the title. A dataset without a title shows its nickname.
 */
function titleHighlights({ marks, pretty_name }: IDatasetSummary): ISpan[] {
  return (pretty_name ? marks?.pretty_name : marks?.name) ?? [];
}

function Meta(
  props: IDatasetRowProps & { dataset: IDatasetSummary }
): JSX.Element {
  const { dataset, columns } = props;
  const highlights = dataset.marks?.name;
  const matchesNameOnly = !!highlights && titleHighlights(dataset).length === 0;
  const shown: readonly Column[] =
    matchesNameOnly && !columns.includes('name')
      ? ['name', ...columns]
      : columns;
  return (
    <>
      {shown.map(column => {
        const text = textOf(dataset, column, props);
        return (
          text && (
            <span key={column} className={`hnl-Row-${column}`} title={text}>
              <Highlighted
                text={text}
                highlights={column === 'name' ? highlights : undefined}
              />
            </span>
          )
        );
      })}
    </>
  );
}

interface IPartProps {
  dataset: IDatasetSummary;
  trans: TranslationBundle;
}

/**
 * The part of the description that matches; or where else the dataset matches, since the row does
 * not show it; or else the beginning of the description.
 */
function Excerpt({ dataset, trans }: IPartProps): JSX.Element {
  const { excerpt, found_in, description = '' } = dataset;
  if (found_in) {
    return (
      <>
        <span className="hnl-Row-found">{foundIn(found_in, trans)}</span>{' '}
        {plain(description)}
      </>
    );
  }
  return excerpt ? (
    <Highlighted {...cutBefore(excerpt.text, excerpt.marks)} />
  ) : (
    <>{plain(description)}</>
  );
}

/**
 * Who made it, and the month of its last change.
 */
function By({ dataset, trans }: IPartProps): JSX.Element {
  const { authors = [], updated_at } = dataset;
  const month = updated_at ? monthOf(updated_at) : '';
  return (
    <>
      <span className="hnl-Row-authors">
        {authors.length > MOST_AUTHORS
          ? trans.__('%1 and others', authors.slice(0, MOST_AUTHORS).join(', '))
          : authors.join(', ')}
      </span>
      {month && <span>{month}</span>}
    </>
  );
}

const MOST_AUTHORS = 3;

function foundIn(
  { field, text }: NonNullable<IDatasetSummary['found_in']>,
  trans: TranslationBundle
): string {
  switch (field) {
    case 'tags':
      return trans.__('Found in tags: %1.', text);
    case 'authors':
      return trans.__('Found in authors: %1.', text);
    case 'other':
      return trans.__('Found in papers, paths or links.');
  }
}

function plain(text: string): string {
  return text.replace(/\s+/g, ' ');
}

/**
 * Cut a text shortly before its first highlight, which might not be visible otherwise.
 */
function cutBefore(
  text: string,
  highlights: readonly ISpan[]
): IHighlightedProps {
  const [first = 0] = highlights[0] ?? [];
  const at = text.lastIndexOf(' ', first - LEAD) + 1;
  return first <= LEAD || at === 0
    ? { text, highlights }
    : {
        text: `…${text.slice(at)}`,
        highlights: highlights.map(([start = 0, end = 0]) => [
          start - at + 1,
          end - at + 1
        ])
      };
}

/**
 * How many characters before the first highlight fit into a narrow panel.
 */
const LEAD = 16;

function textOf(
  dataset: IDatasetSummary,
  column: Column,
  { formats, trans }: IDatasetRowProps
): string {
  switch (column) {
    case 'name':
      return dataset.name;
    case 'size':
      return sizeText(dataset, trans);
    case 'formats':
      return dataset.tags.filter(tag => formats.has(tag)).join(', ');
    case 'license':
      return dataset.license ?? '';
    case 'updated':
      return dataset.updated_at ? ago(dataset.updated_at, trans) : '';
  }
}

type Badge = [
  kind: 'info' | 'warning' | 'error' | 'plain',
  text: string,
  why?: string
];

function badgesOf(dataset: IDatasetSummary, trans: TranslationBundle): Badge[] {
  const badges: Badge[] = [];
  if (dataset.broken) {
    badges.push(['error', trans.__('Damaged'), dataset.broken]);
  }
  if (dataset.unfinished) {
    badges.push(['warning', trans.__('Unfinished')]);
  }
  if (dataset.pull_request_url) {
    badges.push(['info', trans.__('In review')]);
  }
  if (dataset.source === 'hub') {
    badges.push(['info', trans.__('Only on the Hub')]);
  } else if (
    dataset.source === 'here' &&
    !dataset.broken &&
    !dataset.unfinished &&
    !dataset.pull_request_url
  ) {
    badges.push(['plain', trans.__('Not published')]);
  }
  if (dataset.read_only) {
    badges.push(['plain', trans.__('Read-only'), dataset.read_only]);
  }
  return badges;
}
