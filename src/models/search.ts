import { Poll } from '@lumino/polling';
import { ISignal, Signal } from '@lumino/signaling';

import type { CatalogClient } from '../api/client';
import type { IDatasetPage, IDatasetSummary } from '../types/api';
import { asCatalogError, type CatalogError } from '../types/errors';
import { PAGE, Pages } from './pages';
import { EVERYTHING, type ISearch, writeSearch } from './searchQuery';

export type SearchClient = Pick<CatalogClient, 'searchDatasets'>;

/**
 * What the server said of all that fits a search.
 */
export interface IAnswer extends Omit<IDatasetPage, 'datasets'> {
  readonly search: ISearch;
  /**
   * When that was, in milliseconds since 1970.
   */
  readonly at: number;
}

/**
 * What is searched for, and as much of what was found as is in sight. What was found before stays
 * until there is an answer.
 */
export class SearchModel {
  /**
   * @param client - Whom to ask.
   * @param isWatched - Whether somebody sees the list; it is not asked for else.
   */
  constructor(
    private readonly _client: SearchClient,
    private readonly _isWatched: () => boolean
  ) {
    this._poll = new Poll({
      auto: false,
      factory: () => this._look(),
      frequency: { interval: INTERVAL, backoff: true, max: 5 * INTERVAL },
      name: 'huggingnersc-lab:search',
      standby: () => (_isWatched() ? 'when-hidden' : true)
    });
  }

  get search(): ISearch {
    return this._search;
  }

  /**
   * The newest answer; null before the first.
   */
  get answer(): IAnswer | null {
    return this._answer;
  }

  /**
   * Whether the answer is one to what is searched for.
   */
  get isCurrent(): boolean {
    return this._answer?.search === this._search;
  }

  /**
   * Why the last try failed.
   */
  get error(): CatalogError | null {
    return this._error;
  }

  /**
   * Whether somebody looks at the facets: their values are counted then, which takes its time.
   */
  set hasFilters(value: boolean) {
    const isNew = value && !this._hasFilters;
    this._hasFilters = value;
    if (isNew && this._hasLooked) {
      void this._ask(RECENT);
    }
  }

  get stateChanged(): ISignal<this, void> {
    return this._stateChanged;
  }

  /**
   * A dataset by its place among those found; null where it is not here yet.
   */
  at(index: number): IDatasetSummary | null {
    return this._pages.at(index);
  }

  /**
   * One of those that are here, by its id.
   */
  find(id: string): IDatasetSummary | null {
    return this._pages.find(dataset => dataset.id === id);
  }

  /**
   * Search for something else. At most one question is under way: while it is, later ones wait for
   * it, or for a pause in the typing. Before the first look it only says what that will be for.
   */
  change(part: Partial<ISearch>): void {
    const search = { ...this._search, ...part };
    if (writeSearch(search) === writeSearch(this._search)) {
      return;
    }
    this._search = search;
    this._looksLeft = LOOKS;
    this._stateChanged.emit();
    clearTimeout(this._pause);
    if (this._asking) {
      this._pause = setTimeout(() => void this._ask(RECENT), PAUSE);
    } else if (this._hasLooked) {
      void this._ask(RECENT);
    }
  }

  /**
   * Have the datasets at these places here, the last one too.
   */
  show(first: number, last: number): void {
    this._shown = first;
    const total = this._answer?.total ?? 0;
    const end = Math.min(last + AHEAD, total - 1);
    this._wanted = new Set();
    for (
      let page = Math.floor(Math.max(first - AHEAD, 0) / PAGE);
      page * PAGE <= end;
      page++
    ) {
      this._wanted.add(page);
    }
    for (const [page, controller] of this._loading) {
      if (!this._wanted.has(page)) {
        this._loading.delete(page);
        controller.abort();
      }
    }
    if (this._scrolling === null) {
      this._loadSoon();
    }
  }

  /**
   * Ask again now, and from time to time from now on. Never rejects.
   */
  async refresh(): Promise<void> {
    this._looksLeft = LOOKS;
    await this._poll.refresh();
    await this._poll.tick;
  }

  dispose(): void {
    this._poll.dispose();
    this._asking?.abort();
    this._loading.forEach(controller => controller.abort());
    for (const timer of [this._pause, this._scrolling, this._again]) {
      clearTimeout(timer ?? undefined);
    }
    Signal.clearData(this);
  }

  /**
   * Ask anew for what is in sight; the poll waits longer and longer while that fails.
   */
  private async _look(): Promise<void> {
    await this._ask();
    if (this._error) {
      throw this._error;
    }
  }

  /**
   * @param maxAge - Seconds for which the server need not look at the catalog again.
   */
  private async _ask(maxAge = 0): Promise<void> {
    clearTimeout(this._pause);
    clearTimeout(this._again);
    this._hasLooked = true;
    this._asking?.abort();
    const controller = new AbortController();
    const search = this._search;
    const page = this.isCurrent ? Math.floor(this._shown / PAGE) : 0;
    this._asking = controller;
    const counts = this._hasFilters;
    await this._fetch(search, page, controller.signal, { counts, maxAge });
    if (this._asking === controller) {
      this._asking = null;
      if (this._search !== search) {
        await this._ask(RECENT);
      } else if (this._answer?.is_refreshing && this._looksLeft > 0) {
        this._looksLeft -= 1;
        this._again = setTimeout(() => {
          if (this._isWatched()) {
            void this._ask();
          }
        }, SOON);
      }
    }
  }

  /**
   * Load the pages that are still wanted in a moment: whoever drags the scroll bar passes many.
   */
  private _loadSoon(): void {
    const before = this._wanted;
    if (!this.isCurrent || [...before].every(page => this._pages.has(page))) {
      return;
    }
    this._scrolling = setTimeout(() => {
      this._scrolling = null;
      if (this.isCurrent) {
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
    if (this._loading.has(page) || this._pages.has(page)) {
      return;
    }
    const controller = new AbortController();
    this._loading.set(page, controller);
    const how = { counts: false, maxAge: RECENT };
    await this._fetch(this._search, page, controller.signal, how);
    if (this._loading.get(page) === controller) {
      this._loading.delete(page);
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
      this._shown = 0;
    }
    const known = this._pages.get(page);
    const hasChanged =
      isOther ||
      answer.total !== before.total ||
      (known && JSON.stringify(known) !== JSON.stringify(datasets));
    if (hasChanged) {
      // What is on the other pages stood at other places.
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
  private readonly _loading = new Map<number, AbortController>();
  private _search: ISearch = EVERYTHING;
  private _answer: IAnswer | null = null;
  private _error: CatalogError | null = null;
  private _asking: AbortController | null = null;
  private _hasLooked = false;
  private _hasFilters = false;
  private _shown = 0;
  private _wanted = new Set<number>();
  private _looksLeft = LOOKS;
  private _pause: ReturnType<typeof setTimeout> | undefined;
  private _scrolling: ReturnType<typeof setTimeout> | null = null;
  private _again: ReturnType<typeof setTimeout> | undefined;
  private readonly _stateChanged = new Signal<this, void>(this);
}

/**
 * Milliseconds between two looks at the catalog.
 */
const INTERVAL = 60_000;

/**
 * Seconds for which the catalog need not be looked at again while somebody types or scrolls.
 */
const RECENT = 2;

/**
 * Milliseconds without a key after which a question that is under way is given up for the next.
 */
const PAUSE = 70;

/**
 * Milliseconds for which a page has to be in sight before it is asked for.
 */
const PASSING = 40;

/**
 * So many rows before it comes into sight a page is asked for.
 */
const AHEAD = 20;

/**
 * Milliseconds after which it is asked again while something newer is on its way, and how often.
 */
const SOON = 1000;
const LOOKS = 60;
