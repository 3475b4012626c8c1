import type { TranslationBundle } from '@jupyterlab/translation';

import { formatBytes } from '../common/formatBytes';

/**
 * What is known of the size of a dataset.
 */
export interface ISize {
  /**
   * Rows or samples, where they were counted.
   */
  rows?: number;
  n_bytes?: number;
  /**
   * Ranges of rows, as the Hub writes them: `1K<n<10K`.
   */
  size_categories: readonly string[];
}

/**
 * The size of a dataset in few words: the most exact that is known.
 */
export function sizeText(size: ISize, trans: TranslationBundle): string {
  const { rows, n_bytes, size_categories } = size;
  if (rows !== undefined) {
    return trans._n('%2 row', '%2 rows', rows, rows.toLocaleString());
  }
  return n_bytes === undefined
    ? size_categories.map(range => rangeText(range, trans)).join(', ')
    : formatBytes(n_bytes);
}

/**
 * A range of rows for people. What is no such range stays as it is.
 */
function rangeText(range: string, trans: TranslationBundle): string {
  const [, low, high] =
    /^(?:(\d+[KMBT]?)<)?n(?:<(\d+[KMBT]?))?$/.exec(range) ?? [];
  const [, above] = /^n>(\d+[KMBT]?)$/.exec(range) ?? [];
  if (low && high) {
    return trans.__('%1–%2 rows', low, high);
  }
  if (high) {
    return trans.__('under %1 rows', high);
  }
  return above || low ? trans.__('over %1 rows', above ?? low ?? '') : range;
}
