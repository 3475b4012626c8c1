import type { TranslationBundle } from '@jupyterlab/translation';
import { defaultRangeExtractor, useVirtualizer } from '@tanstack/react-virtual';
import React, {
  type KeyboardEvent,
  memo,
  type MouseEvent,
  useEffect,
  useLayoutEffect,
  useRef,
  useState
} from 'react';

import type { IAccess, IDatasetSummary } from '../../types/api';
import type { Column } from '../../models/settings';
import { DatasetRow, type IDatasetRowProps } from './DatasetRow';

export interface IDatasetListProps {
  /**
   * How many there are; only some of them need to be here.
   */
  total: number;
  /**
   * One by its place; null while it is on its way.
   */
  at: (index: number) => IDatasetSummary | null;
  /**
   * What the list shows the answer to: another one begins at its top.
   */
  subject: unknown;
  accessOf: (dataset: IDatasetSummary) => IAccess | null | undefined;
  columns: readonly Column[];
  formats: ReadonlySet<string>;
  hasText: boolean;
  /**
   * The rows in sight are from the first to the last of these places.
   */
  onRange: (first: number, last: number) => void;
  onOpen: (id: string) => void;
  onMenu: (event: MouseEvent<HTMLElement>) => void;
  trans: TranslationBundle;
}

/**
 * The datasets, of which only those in sight are in the page. One of them takes part in the tab
 * order; the arrow keys, Home and End choose another. It is drawn anew where a property is another
 * one, so each of the functions has to change when it would return something else.
 */
export const DatasetList = memo((props: IDatasetListProps): JSX.Element => {
  const { total, at, subject, onRange, trans } = props;
  const list = useRef<HTMLDivElement>(null);
  const [active, setActive] = useState(0);
  const wantsFocus = useRef(false);
  const current = Math.min(active, total - 1);
  const [height, probe] = useHeight();
  const virtualizer = useVirtualizer<HTMLDivElement, HTMLLIElement>({
    count: total,
    getScrollElement: () => list.current,
    estimateSize: () => height,
    overscan: 4,
    rangeExtractor: range => {
      const rows = defaultRangeExtractor(range);
      return current < 0 || rows.includes(current)
        ? rows
        : [...rows, current].sort((a, b) => a - b);
    },
    useFlushSync: false
  });

  useLayoutEffect(() => virtualizer.measure(), [height, virtualizer]);

  useLayoutEffect(() => {
    setActive(0);
    // It measures the list to know how far it can be scrolled, which costs as much as drawing it.
    if (virtualizer.scrollOffset) {
      virtualizer.scrollToOffset(0);
    }
  }, [subject, virtualizer]);

  const { startIndex = 0, endIndex = 0 } = virtualizer.range ?? {};
  useEffect(() => {
    onRange(startIndex, endIndex);
    // What is in sight may be another with the same places.
  }, [onRange, subject, total, startIndex, endIndex]);

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
      End: total - 1
    }[event.key];
    if (to !== undefined && !event.altKey && !event.ctrlKey) {
      event.preventDefault();
      wantsFocus.current = true;
      setActive(Math.max(0, Math.min(to, total - 1)));
    }
  };

  return (
    <div className="hnl-List" ref={list}>
      <div className="hnl-Row hnl-mod-probe" ref={probe} aria-hidden="true">
        <DatasetRow {...PROBE} {...rowProps(props)} />
      </div>
      <ul
        className="hnl-List-rows"
        style={{ height: virtualizer.getTotalSize() }}
        aria-label={trans.__('Datasets')}
        onKeyDown={onKeyDown}
      >
        {virtualizer.getVirtualItems().map(({ index, start }) => {
          const dataset = at(index);
          return (
            <li
              // Each place keeps its row, so that the next answer writes into the rows there are.
              key={index}
              className="hnl-Row"
              aria-posinset={index + 1}
              aria-setsize={total}
              data-index={index}
              {...identityOf(dataset)}
              style={{ height, transform: `translateY(${start}px)` }}
              onFocus={() => setActive(index)}
            >
              <DatasetRow
                {...rowProps(props)}
                dataset={dataset}
                access={dataset && props.accessOf(dataset)}
                tabIndex={index === current ? 0 : -1}
              />
            </li>
          );
        })}
      </ul>
    </div>
  );
});
DatasetList.displayName = 'DatasetList';

/**
 * A row that nobody sees, to take the height of all rows from.
 */
const PROBE = { dataset: null, access: null, tabIndex: -1 } as const;

function rowProps(
  props: IDatasetListProps
): Omit<IDatasetRowProps, keyof typeof PROBE> {
  const { columns, formats, hasText, onOpen, onMenu, trans } = props;
  return { columns, formats, hasText, onOpen, onMenu, trans };
}

/**
 * What menus know a row by.
 */
function identityOf(dataset: IDatasetSummary | null): object {
  if (!dataset) {
    return {};
  }
  return dataset.source === 'hub'
    ? { 'data-hnl-repo': dataset.id }
    : { 'data-hnl-name': dataset.id };
}

/**
 * The height of an element in pixels, whatever changes it.
 */
function useHeight(): [number, (node: HTMLElement | null) => void] {
  const [height, setHeight] = useState(LIKELY_HEIGHT);
  const [node, setNode] = useState<HTMLElement | null>(null);
  useLayoutEffect(() => {
    if (!node) {
      return;
    }
    const measure = (): void => setHeight(node.offsetHeight || LIKELY_HEIGHT);
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(node);
    return () => observer.disconnect();
  }, [node]);
  return [height, setNode];
}

const LIKELY_HEIGHT = 68;
