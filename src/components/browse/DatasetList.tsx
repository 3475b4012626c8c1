import type { TranslationBundle } from '@jupyterlab/translation';
import { ellipsesIcon } from '@jupyterlab/ui-components';
import { defaultRangeExtractor, useVirtualizer } from '@tanstack/react-virtual';
import React, {
  type KeyboardEvent,
  type MouseEvent,
  useEffect,
  useRef,
  useState
} from 'react';

import type { IRecordSummary } from '../../api/types';
import type { Column } from '../../settings';
import { ago } from './ago';

export interface IDatasetListProps {
  records: readonly IRecordSummary[];
  columns: readonly Column[];
  /**
   * The tags that name a file format.
   */
  formats: ReadonlySet<string>;
  onOpen: (name: string) => void;
  /**
   * The button for more actions was pressed in a row.
   */
  onMenu: (event: MouseEvent<HTMLElement>) => void;
  trans: TranslationBundle;
}

/**
 * The datasets, of which only those in sight are in the page. One of them takes part in the tab
 * order; the arrow keys, Home and End choose another.
 */
export function DatasetList(props: IDatasetListProps): JSX.Element {
  const { records, trans } = props;
  const list = useRef<HTMLDivElement>(null);
  const [active, setActive] = useState(0);
  const wantsFocus = useRef(false);
  const current = Math.min(active, records.length - 1);
  const virtualizer = useVirtualizer<HTMLDivElement, HTMLLIElement>({
    count: records.length,
    getScrollElement: () => list.current,
    estimateSize: () => 52,
    getItemKey: index => records[index]?.name ?? index,
    overscan: 8,
    rangeExtractor: range => {
      const rows = defaultRangeExtractor(range);
      return current < 0 || rows.includes(current)
        ? rows
        : [...rows, current].sort((a, b) => a - b);
    },
    useFlushSync: false
  });

  useEffect(() => {
    if (wantsFocus.current) {
      wantsFocus.current = false;
      virtualizer.scrollToIndex(current);
      list.current
        ?.querySelector<HTMLElement>(`[data-index="${current}"] .hnl-Row-open`)
        ?.focus({ preventScroll: true });
    }
  }, [current, virtualizer]);

  const onKeyDown = (event: KeyboardEvent): void => {
    const to = {
      ArrowDown: current + 1,
      ArrowUp: current - 1,
      Home: 0,
      End: records.length - 1
    }[event.key];
    if (to !== undefined && !event.altKey && !event.ctrlKey) {
      event.preventDefault();
      wantsFocus.current = true;
      setActive(Math.max(0, Math.min(to, records.length - 1)));
    }
  };

  return (
    <div className="hnl-List" ref={list}>
      <ul
        className="hnl-List-rows"
        style={{ height: virtualizer.getTotalSize() }}
        aria-label={trans.__('Datasets')}
        onKeyDown={onKeyDown}
      >
        {virtualizer.getVirtualItems().map(({ index, key, start }) => {
          const record = records[index];
          return (
            record && (
              <li
                key={key}
                ref={virtualizer.measureElement}
                className="hnl-Row"
                aria-posinset={index + 1}
                aria-setsize={records.length}
                data-index={index}
                data-hnl-name={record.name}
                style={{ transform: `translateY(${start}px)` }}
                onFocus={() => setActive(index)}
              >
                <DatasetRow
                  {...props}
                  record={record}
                  tabIndex={index === current ? 0 : -1}
                />
              </li>
            )
          );
        })}
      </ul>
    </div>
  );
}

function DatasetRow(
  props: IDatasetListProps & { record: IRecordSummary; tabIndex: number }
): JSX.Element {
  const { record, tabIndex, trans } = props;
  const title = record.pretty_name || record.name;
  const meta = props.columns
    .map(column => [column, textOf(record, column, props)] as const)
    .filter(([, text]) => text !== '');
  return (
    <>
      <button
        type="button"
        className="hnl-Row-open"
        tabIndex={tabIndex}
        onClick={() => props.onOpen(record.name)}
      >
        <span className="hnl-Row-title">{title}</span>
        {badgesOf(record, trans).map(([kind, text]) => (
          <span key={text} className={`hnl-Badge hnl-mod-${kind}`}>
            {text}
          </span>
        ))}
        <span className="hnl-Row-meta">
          {meta.map(([column, text]) => (
            <span key={column} className={`hnl-Row-${column}`}>
              {text}
            </span>
          ))}
        </span>
      </button>
      <button
        type="button"
        className="hnl-IconButton hnl-Row-menu"
        tabIndex={tabIndex}
        aria-haspopup="menu"
        aria-label={trans.__('More actions for %1', title)}
        title={trans.__('More actions')}
        onClick={props.onMenu}
      >
        <ellipsesIcon.react tag="span" aria-hidden="true" />
      </button>
    </>
  );
}

function textOf(
  record: IRecordSummary,
  column: Column,
  { formats, trans }: IDatasetListProps
): string {
  switch (column) {
    case 'name':
      return record.name;
    case 'size':
      return record.size_categories.join(', ');
    case 'formats':
      return record.tags.filter(tag => formats.has(tag)).join(', ');
    case 'license':
      return record.license ?? '';
    case 'updated':
      return record.updated_at ? ago(record.updated_at, trans) : '';
  }
}

function badgesOf(
  record: IRecordSummary,
  trans: TranslationBundle
): [kind: 'info' | 'warning' | 'error', text: string][] {
  const badges: ReturnType<typeof badgesOf> = [];
  if (record.broken) {
    badges.push(['error', trans.__('Damaged')]);
  }
  if (record.unfinished) {
    badges.push(['warning', trans.__('Unfinished')]);
  }
  if (record.pull_request_url) {
    badges.push(['info', trans.__('In review')]);
  }
  return badges;
}
