/**
 * Length of a page of the list: a few screens, since each key that is pressed asks for one.
 */
export const PAGE = 40;

/**
 * So many pages are kept at most, however long the list is.
 */
const KEPT = 30;

/**
 * A long list of which only the pages near those in sight are here.
 */
export class Pages<T> {
  /**
   * @param index - Place in the whole list.
   */
  at(index: number): T | null {
    return this._pages.get(Math.floor(index / PAGE))?.[index % PAGE] ?? null;
  }

  has(page: number): boolean {
    return this._pages.has(page);
  }

  /**
   * Keep a page; the farthest from it go where there are too many.
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
