/**
 * Datasets on a page. A few screens: each keystroke in the search field requests one page.
 */
export const PAGE = 40;

/**
 * How many pages are kept at most.
 */
const KEPT = 30;

/**
 * How many rows beyond the visible ones are loaded.
 */
const AHEAD = 20;

/**
 * The pages that hold the rows from the first to the last place, and those just out of sight.
 *
 * @param total - Length of the whole list.
 */
export function pagesAround(
  first: number,
  last: number,
  total: number
): Set<number> {
  const end = Math.min(last + AHEAD, total - 1);
  const pages = new Set<number>();
  let page = Math.floor(Math.max(first - AHEAD, 0) / PAGE);
  for (; page * PAGE <= end; page++) {
    pages.add(page);
  }
  return pages;
}

/**
 * The pages of a long list that are loaded.
 */
export class Pages<T> {
  /**
   * @param index - Place in the whole list, from 0.
   */
  at(index: number): T | null {
    return this._pages.get(Math.floor(index / PAGE))?.[index % PAGE] ?? null;
  }

  has(page: number): boolean {
    return this._pages.has(page);
  }

  /**
   * Add a page. If there are too many, the ones farthest from it are dropped.
   */
  put(page: number, items: readonly T[]): void {
    this._pages.set(page, items);
    const far = [...this._pages.keys()].sort(
      (a, b) => Math.abs(a - page) - Math.abs(b - page)
    );
    for (const other of far.slice(KEPT)) {
      this._pages.delete(other);
    }
  }

  get(page: number): readonly T[] | undefined {
    return this._pages.get(page);
  }

  find(fits: (item: T) => boolean): T | null {
    for (const items of this._pages.values()) {
      const found = items.find(fits);
      if (found !== undefined) {
        return found;
      }
    }
    return null;
  }

  clear(): void {
    this._pages.clear();
  }

  private readonly _pages = new Map<number, readonly T[]>();
}
