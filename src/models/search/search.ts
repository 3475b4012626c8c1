import { Poll } from '@lumino/polling';
import { ISignal, Signal } from '@lumino/signaling';

import type { CatalogClient } from '../../api/client';
import type { IDatasetPage, IDatasetSummary } from '../../types/api';
import { asCatalogError, type CatalogError } from '../../types/errors';
import type { ISearch, ISearchAnswer } from '../../types/search';
import { PageLoader } from './pageLoader';
import { PAGE, Pages, pagesAround } from './pages';
import { EVERYTHING, readSearch, writeSearch } from './searchQuery';

export type SearchClient = Pick<CatalogClient, 'searchDatasets'>;

/**
 * The search, and the pages of its results that are in sight. The previous results stay until the
 * next ones are there.
 */
export class SearchModel {
  /**
   * @param _client - Sends the requests.
   * @param _isVisible - Whether the list is visible; it is not polled otherwise.
   */
  constructor(
    private readonly _client: SearchClient,
    private readonly _isVisible: () => boolean
  ) {
    this._poll = new Poll({
      auto: false,
      factory: () => this._pollOnce(),
      frequency: { interval: INTERVAL, backoff: true, max: 5 * INTERVAL },
      name: 'huggingnersc-lab:search',
      standby: () => (_isVisible() ? 'when-hidden' : true)
    });
    this._loader = new PageLoader({
      isReady: () => this.isCurrent,
      has: page => this._pages.has(page),
      load: (page, signal) =>
        this._fetch(this._search, page, signal, {
          counts: false,
          maxAge: RECENT
        })
    });
  }

  get search(): ISearch {
    return this._search;
  }

  /**
   * The search as the query of `GET /datasets`, without `?`; empty for all datasets.
   */
  get query(): string {
    return writeSearch(this._search);
  }

  set query(text: string) {
    this.change(readSearch(text));
  }

  /**
   * The latest answer; null before the first.
   */
  get answer(): ISearchAnswer | null {
    return this._answer;
  }

  /**
   * Whether the answer is to the present search.
   */
  get isCurrent(): boolean {
    return this._answer?.search === this._search;
  }

  /**
   * Why the last request failed.
   */
  get error(): CatalogError | null {
    return this._error;
  }

  /**
   * Whether the facets are shown. Counting their values takes the server longer, so they are only
   * requested then.
   */
  set hasFilters(value: boolean) {
    const isNew = value && !this._hasFilters;
    this._hasFilters = value;
    if (isNew && this._hasStarted) {
      void this._request(RECENT);
    }
  }

  get stateChanged(): ISignal<this, void> {
    return this._stateChanged;
  }

  /**
   * The dataset at a place in the list; null until it is loaded.
   */
  at(index: number): IDatasetSummary | null {
    return this._pages.at(index);
  }

  /**
   * A dataset by its id, if it is loaded.
   */
  find(id: string): IDatasetSummary | null {
    return this._pages.find(dataset => dataset.id === id);
  }

  /**
   * Change the search. There is at most one request at a time: a later one waits for its answer, or
   * for a pause in the typing. Before the first `refresh`, nothing is requested.
   */
  change(part: Partial<ISearch>): void {
    const search = { ...this._search, ...part };
    if (writeSearch(search) === writeSearch(this._search)) {
      return;
    }
    this._search = search;
    this._retriesLeft = RETRIES;
    this._stateChanged.emit();
    clearTimeout(this._typingTimer);
    if (this._controller) {
      this._typingTimer = setTimeout(() => void this._request(RECENT), PAUSE);
    } else if (this._hasStarted) {
      void this._request(RECENT);
    }
  }

  /**
   * Load the datasets from the first to the last of these places in the list.
   */
  show(first: number, last: number): void {
    this._firstShown = first;
    this._loader.want(pagesAround(first, last, this._answer?.total ?? 0));
  }

  /**
   * Request the list now, and from then on at intervals. Never rejects.
   */
  async refresh(): Promise<void> {
    this._retriesLeft = RETRIES;
    await this._poll.refresh();
    // It rejects if the model is disposed of.
    await this._poll.tick.catch(() => undefined);
  }

  dispose(): void {
    this._poll.dispose();
    this._loader.dispose();
    this._controller?.abort();
    clearTimeout(this._typingTimer);
    clearTimeout(this._retryTimer);
    Signal.clearData(this);
  }

  /**
   * Rejects after an error, so that the poll backs off.
   */
  private async _pollOnce(): Promise<void> {
    await this._request();
    if (this._error) {
      throw this._error;
    }
  }

  /**
   * @param maxAge - Seconds for which the server may answer from memory.
   */
  private async _request(maxAge = 0): Promise<void> {
    clearTimeout(this._typingTimer);
    clearTimeout(this._retryTimer);
    this._hasStarted = true;
    this._controller?.abort();
    const controller = new AbortController();
    const search = this._search;
    const page = this.isCurrent ? Math.floor(this._firstShown / PAGE) : 0;
    this._controller = controller;
    const counts = this._hasFilters;
    await this._fetch(search, page, controller.signal, { counts, maxAge });
    if (this._controller === controller) {
      this._controller = null;
      if (this._search !== search) {
        await this._request(RECENT);
      } else if (this._answer?.is_refreshing && this._retriesLeft > 0) {
        this._retriesLeft -= 1;
        this._retryTimer = setTimeout(() => {
          if (this._isVisible()) {
            void this._request();
          }
        }, RETRY_DELAY);
      }
    }
  }

  private async _fetch(
    search: ISearch,
    page: number,
    signal: AbortSignal,
    { counts, maxAge }: { counts: boolean; maxAge: number }
  ): Promise<void> {
    const query = [
      writeSearch(search),
      `limit=${PAGE}&offset=${page * PAGE}`,
      !counts && 'counts=0',
      maxAge > 0 && `max_age=${maxAge}`
    ];
    try {
      const found = await this._client.searchDatasets(
        query.filter(Boolean).join('&'),
        signal
      );
      if (!signal.aborted) {
        this._take(search, page, found);
        this._error = null;
      }
    } catch (reason) {
      if (!signal.aborted) {
        this._error = asCatalogError(reason);
      }
    }
    if (!signal.aborted) {
      this._stateChanged.emit();
    }
  }

  private _take(search: ISearch, page: number, found: IDatasetPage): void {
    const { datasets, ...answer } = found;
    const before = this._answer;
    const isOther = search !== before?.search;
    if (isOther) {
      this._firstShown = 0;
    }
    const known = this._pages.get(page);
    const hasChanged =
      isOther ||
      answer.total !== before.total ||
      (known && JSON.stringify(known) !== JSON.stringify(datasets));
    if (hasChanged) {
      // The datasets of the other pages may be at other places now.
      this._pages.clear();
    }
    if (hasChanged || !known) {
      this._pages.put(page, datasets);
    }
    const facets =
      answer.facets.length > 0 || isOther ? answer.facets : before.facets;
    this._answer = { ...answer, facets, search, at: Date.now() };
  }

  private readonly _poll: Poll;
  private readonly _pages = new Pages<IDatasetSummary>();
  private readonly _loader: PageLoader;
  private _search: ISearch = EVERYTHING;
  private _answer: ISearchAnswer | null = null;
  private _error: CatalogError | null = null;
  private _controller: AbortController | null = null;
  private _hasStarted = false;
  private _hasFilters = false;
  private _firstShown = 0;
  private _retriesLeft = RETRIES;
  private _typingTimer: ReturnType<typeof setTimeout> | undefined;
  private _retryTimer: ReturnType<typeof setTimeout> | undefined;
  private readonly _stateChanged = new Signal<this, void>(this);
}

/**
 * Milliseconds between two polls.
 */
const INTERVAL = 60_000;

/**
 * Seconds for which the server may answer from memory while the user types or scrolls.
 */
const RECENT = 2;

/**
 * Milliseconds without a keystroke after which a new search replaces a request under way.
 */
const PAUSE = 70;

/**
 * While the server is still refreshing its answer: milliseconds between requests, and how many.
 */
const RETRY_DELAY = 1000;
const RETRIES = 60;
