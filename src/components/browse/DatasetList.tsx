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
import type { Column } from '../../types/settings';
import { DatasetRow, type IDatasetRowProps } from './DatasetRow';

export interface IDatasetListProps {
  /**
   * How many datasets there are; only some of them need to be loaded.
   */
  total: number;
  /**
   * The dataset at a place; null while it is loading.
   */
  at: (index: number) => IDatasetSummary | null;
  /**
   * The search that the list answers. With another one it starts at the top again.
   */
  subject: unknown;
  accessOf: (dataset: IDatasetSummary) => IAccess | null | undefined;
  columns: readonly Column[];
  formats: ReadonlySet<string>;
  hasText: boolean;
  /**
   * Called with the first and the last visible place.
   */
  onRange: (first: number, last: number) => void;
  onOpen: (id: string) => void;
  onMenu: (event: MouseEvent<HTMLElement>) => void;
  trans: TranslationBundle;
}

/**
 * The list of datasets. Only the visible rows are in the page. One row is in the tab order; the arrow
 * keys, Home and End move to another. It is memoized, so a function in the properties must be another
 * one whenever its results change.
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
    // Not at the top already: scrolling measures the list, which costs as much as rendering it.
    if (virtualizer.scrollOffset) {
      virtualizer.scrollToOffset(0);
    }
  }, [subject, virtualizer]);

  const { startIndex = 0, endIndex = 0 } = virtualizer.range ?? {};
  useEffect(() => {
    onRange(startIndex, endIndex);
    // Other datasets may be at the same places.
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
              // By place, so that the next answer updates the rows instead of replacing them.
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
 * An invisible row that the height of all rows is measured from.
 */
const PROBE = { dataset: null, access: null, tabIndex: -1 } as const;

function rowProps(
  props: IDatasetListProps
): Omit<IDatasetRowProps, keyof typeof PROBE> {
  const { columns, formats, hasText, onOpen, onMenu, trans } = props;
  return { columns, formats, hasText, onOpen, onMenu, trans };
}

/**
 * The attributes that tell the context menu which dataset a row shows.
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
 * The height of an element in pixels, kept up to date.
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

/**
 * Pixels, until the first measurement.
 */
const LIKELY_HEIGHT = 46;
