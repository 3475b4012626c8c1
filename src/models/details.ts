import { ISignal, Signal } from '@lumino/signaling';
import type { PartialJSONObject } from '@lumino/coreutils';

import type { CatalogClient } from '../api/client';
import type {
  IAccess,
  ICitation,
  IDatasetSummary,
  IEntry,
  IHubDataset,
  IShare,
  IVersion
} from '../types/api';
import type { DatasetSection } from '../types/dataset';
import { AsyncResource } from './asyncResource';

export type DetailsClient = Pick<
  CatalogClient,
  | 'getEntry'
  | 'checkAccess'
  | 'listVersions'
  | 'listCitations'
  | 'listShares'
  | 'listRelated'
  | 'exportCroissant'
  | 'getHubDataset'
>;

/**
 * The datasets whose pages were opened last, so that going back to one shows it at once, as it was
 * left.
 */
export class DetailsModel {
  constructor(private readonly _client: DetailsClient) {}

  /**
   * A dataset of the catalog.
   */
  entry(name: string): EntryDetail {
    return this._keep(
      this._entries,
      name,
      () => new EntryDetail(this._client, name)
    );
  }

  /**
   * A dataset that is only on the Hub.
   */
  hub(repoId: string): HubDetail {
    return this._keep(
      this._repositories,
      repoId,
      () => new HubDetail(this._client, repoId)
    );
  }

  /**
   * A dataset of the catalog, if it is loaded.
   */
  find(name: string): IEntry | null {
    return this._entries.get(name)?.entry.value ?? null;
  }

  /**
   * A dataset that is only on the Hub, if it is loaded.
   */
  findHub(repoId: string): IHubDataset | null {
    return this._repositories.get(repoId)?.dataset.value ?? null;
  }

  /**
   * Reload a dataset of the catalog if its page was opened. Never rejects.
   */
  async refresh(name: string): Promise<void> {
    await this._entries.get(name)?.refresh();
  }

  private _keep<T>(kept: Map<string, T>, key: string, make: () => T): T {
    const detail = kept.get(key) ?? make();
    // A Map keeps its order: the one opened longest ago comes first.
    kept.delete(key);
    kept.set(key, detail);
    const [oldest] = kept.keys();
    if (kept.size > KEPT && oldest !== undefined) {
      kept.delete(oldest);
    }
    return detail;
  }

  private readonly _entries = new Map<string, EntryDetail>();
  private readonly _repositories = new Map<string, HubDetail>();
}

/**
 * One dataset of the catalog. Each section of its page is loaded when it is opened; if one fails,
 * the others still work.
 */
export class EntryDetail {
  constructor(client: DetailsClient, name: string) {
    const changed = (): void => this._stateChanged.emit();
    this.name = name;
    this.entry = new AsyncResource(() => client.getEntry(name), changed);
    this.access = new AsyncResource(async () => {
      const { access } = await client.checkAccess([name], true);
      return access[name] ?? null;
    }, changed);
    this.versions = new AsyncResource(
      async () => (await client.listVersions(name)).versions,
      changed
    );
    this.shares = new AsyncResource(
      async () => (await client.listShares(name)).shares,
      changed
    );
    this.citations = new AsyncResource(
      async () => (await client.listCitations(name)).citations,
      changed
    );
    this.related = new AsyncResource(
      async () => (await client.listRelated(name)).datasets,
      changed
    );
    this.croissant = new AsyncResource(
      () => client.exportCroissant(name),
      changed
    );
  }

  readonly name: string;
  readonly entry: AsyncResource<IEntry>;
  /**
   * A new check of who can read the data; the first one comes with the entry.
   */
  readonly access: AsyncResource<IAccess | null>;
  readonly versions: AsyncResource<readonly IVersion[]>;
  readonly shares: AsyncResource<readonly IShare[]>;
  readonly citations: AsyncResource<readonly ICitation[]>;
  readonly related: AsyncResource<readonly IDatasetSummary[]>;
  readonly croissant: AsyncResource<PartialJSONObject>;

  get stateChanged(): ISignal<this, void> {
    return this._stateChanged;
  }

  isOpen(section: DatasetSection): boolean {
    return this._open.has(section);
  }

  /**
   * Expand or collapse a section; it is loaded when it is expanded first.
   */
  setOpen(section: DatasetSection, open: boolean): void {
    this._open[open ? 'add' : 'delete'](section);
    this._stateChanged.emit();
    if (open) {
      void this._resourceOf(section)?.loadOnce();
    }
  }

  /**
   * Reload the entry and, if it has changed, its open sections. Never rejects.
   *
   * @param isThorough - Whether to reload the sections even if the entry has not changed.
   */
  async refresh(isThorough = false): Promise<void> {
    const before = this.entry.value?.etag;
    await this.entry.load();
    const after = this.entry.value?.etag;
    // Sharing may get further without changing the entry.
    if (after !== undefined && after === before && this.isOpen('shares')) {
      void this.shares.load();
    }
    if (after !== undefined && (isThorough || after !== before)) {
      this.access.reset();
      this.croissant.reset();
      await Promise.all(
        LOADED_SECTIONS.map(section =>
          this.isOpen(section) ? this[section].load() : this[section].reset()
        )
      );
    }
  }

  private _resourceOf(section: DatasetSection): AsyncResource<unknown> | null {
    switch (section) {
      case 'citations':
      case 'shares':
      case 'versions':
      case 'related':
        return this[section];
      case 'facts':
      case 'downloads':
      case 'card':
      case 'loader':
      case 'batch_script':
        return null;
    }
  }

  private readonly _open = new Set<DatasetSection>([
    'facts',
    'downloads',
    'card',
    'loader',
    'batch_script',
    'related'
  ]);
  private readonly _stateChanged = new Signal<this, void>(this);
}

/**
 * One dataset that is only on the Hub.
 */
export class HubDetail {
  constructor(client: DetailsClient, repoId: string) {
    this.repoId = repoId;
    this.dataset = new AsyncResource(
      () => client.getHubDataset(repoId.slice(repoId.indexOf('/') + 1)),
      () => this._stateChanged.emit()
    );
  }

  readonly repoId: string;
  readonly dataset: AsyncResource<IHubDataset>;

  get stateChanged(): ISignal<this, void> {
    return this._stateChanged;
  }

  private readonly _stateChanged = new Signal<this, void>(this);
}

/**
 * How many datasets are kept at most.
 */
const KEPT = 30;

/**
 * The sections that do not come with the entry.
 */
const LOADED_SECTIONS = ['citations', 'shares', 'versions', 'related'] as const;
