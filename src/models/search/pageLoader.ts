export interface IPageLoaderOptions {
  /**
   * Whether pages can be loaded now.
   */
  isReady: () => boolean;
  /**
   * Whether a page is there already.
   */
  has: (page: number) => boolean;
  /**
   * Load a page. Never rejects.
   */
  load: (page: number, signal: AbortSignal) => Promise<void>;
}

/**
 * Loads the pages of a list that are in sight. Pages that are scrolled past quickly are not
 * requested, and a request is aborted when its page is out of sight.
 */
export class PageLoader {
  constructor(private readonly _options: IPageLoaderOptions) {}

  /**
   * Load these pages, and no others any more.
   */
  want(pages: ReadonlySet<number>): void {
    this._wanted = pages;
    for (const [page, controller] of this._loading) {
      if (!pages.has(page)) {
        this._loading.delete(page);
        controller.abort();
      }
    }
    if (this._timer === null) {
      this._loadSoon();
    }
  }

  dispose(): void {
    this._loading.forEach(controller => controller.abort());
    clearTimeout(this._timer ?? undefined);
  }

  private _loadSoon(): void {
    const { has, isReady } = this._options;
    const before = this._wanted;
    if (!isReady() || [...before].every(has)) {
      return;
    }
    this._timer = setTimeout(() => {
      this._timer = null;
      if (isReady()) {
        before.forEach(page => {
          if (this._wanted.has(page)) {
            void this._load(page);
          }
        });
      }
      if (before !== this._wanted) {
        this._loadSoon();
      }
    }, PASSING);
  }

  private async _load(page: number): Promise<void> {
    if (this._loading.has(page) || this._options.has(page)) {
      return;
    }
    const controller = new AbortController();
    this._loading.set(page, controller);
    await this._options.load(page, controller.signal);
    if (this._loading.get(page) === controller) {
      this._loading.delete(page);
    }
  }

  private readonly _loading = new Map<number, AbortController>();
  private _wanted: ReadonlySet<number> = new Set();
  private _timer: ReturnType<typeof setTimeout> | null = null;
}

/**
 * Milliseconds for which a page must be in sight before it is requested.
 */
const PASSING = 40;
