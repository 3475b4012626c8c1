import { ISignal, Signal } from '@lumino/signaling';
import type { PartialJSONObject } from '@lumino/coreutils';

import type { CatalogClient } from '../api/client';
import type {
  IAccess,
  ICitation,
  IDatasetSummary,
  IEntry,
  IHubDataset,
  IVersion
} from '../types/api';
import { Question } from './asyncResource';

export type DetailsClient = Pick<
  CatalogClient,
  | 'getEntry'
  | 'checkAccess'
  | 'listVersions'
  | 'listCitations'
  | 'listRelated'
  | 'exportCroissant'
  | 'getHubDataset'
>;

/**
 * What is known of the datasets that were looked at, so that going back to one shows it at once,
 * as it was left.
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
   * What is known already of a dataset of the catalog.
   */
  find(name: string): IEntry | null {
    return this._entries.get(name)?.entry.value ?? null;
  }

  /**
   * What is known already of a dataset that is only on the Hub.
   */
  findHub(repoId: string): IHubDataset | null {
    return this._repositories.get(repoId)?.dataset.value ?? null;
  }

  /**
   * Read a dataset of the catalog anew if it was looked at. Never rejects.
   */
  async refresh(name: string): Promise<void> {
    await this._entries.get(name)?.refresh();
  }

  private _keep<T>(kept: Map<string, T>, key: string, make: () => T): T {
    const detail = kept.get(key) ?? make();
    // The one that was looked at last is the last to go.
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
 * The parts of a dataset's page.
 */
export type Part =
  | 'facts'
  | 'downloads'
  | 'card'
  | 'loader'
  | 'batch_script'
  | 'citations'
  | 'versions'
  | 'related';

/**
 * One dataset of the catalog: each part is asked for when it is opened, and fails by itself.
 */
export class EntryDetail {
  constructor(client: DetailsClient, name: string) {
    const changed = (): void => this._stateChanged.emit();
    this.name = name;
    this.entry = new Question(() => client.getEntry(name), changed);
    this.access = new Question(async () => {
      const { access } = await client.checkAccess([name], true);
      return access[name] ?? null;
    }, changed);
    this.versions = new Question(
      async () => (await client.listVersions(name)).versions,
      changed
    );
    this.citations = new Question(
      async () => (await client.listCitations(name)).citations,
      changed
    );
    this.related = new Question(
      async () => (await client.listRelated(name)).datasets,
      changed
    );
    this.croissant = new Question(() => client.exportCroissant(name), changed);
  }

  readonly name: string;
  readonly entry: Question<IEntry>;
  /**
   * A second look at whether one can open the data; the first is in the entry.
   */
  readonly access: Question<IAccess | null>;
  readonly versions: Question<readonly IVersion[]>;
  readonly citations: Question<readonly ICitation[]>;
  readonly related: Question<readonly IDatasetSummary[]>;
  readonly croissant: Question<PartialJSONObject>;

  get stateChanged(): ISignal<this, void> {
    return this._stateChanged;
  }

  isOpen(part: Part): boolean {
    return this._open.has(part);
  }

  /**
   * Open a part or fold it away; what is in it is asked for when it is opened first.
   */
  setOpen(part: Part, open: boolean): void {
    this._open[open ? 'add' : 'delete'](part);
    this._stateChanged.emit();
    if (open) {
      void this._questionOf(part)?.askOnce();
    }
  }

  /**
   * Read the entry anew, and where it has changed what its open parts show. Never rejects.
   *
   * @param isThorough - Whether the parts are read anew even if the entry is the same.
   */
  async refresh(isThorough = false): Promise<void> {
    const before = this.entry.value?.etag;
    await this.entry.ask();
    const after = this.entry.value?.etag;
    if (after !== undefined && (isThorough || after !== before)) {
      this.access.forget();
      this.croissant.forget();
      await Promise.all(
        ASKED_PARTS.map(part =>
          this.isOpen(part)
            ? this._questionOf(part)?.ask()
            : this._questionOf(part)?.forget()
        )
      );
    }
  }

  private _questionOf(part: Part): Question<unknown> | null {
    switch (part) {
      case 'citations':
      case 'versions':
      case 'related':
        return this[part];
      case 'facts':
      case 'downloads':
      case 'card':
      case 'loader':
      case 'batch_script':
        return null;
    }
  }

  private readonly _open = new Set<Part>([
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
    this.dataset = new Question(
      () => client.getHubDataset(repoId.slice(repoId.indexOf('/') + 1)),
      () => this._stateChanged.emit()
    );
  }

  readonly repoId: string;
  readonly dataset: Question<IHubDataset>;

  get stateChanged(): ISignal<this, void> {
    return this._stateChanged;
  }

  private readonly _stateChanged = new Signal<this, void>(this);
}

/**
 * How many datasets are remembered at most.
 */
const KEPT = 30;

/**
 * The parts that the entry does not bring with it.
 */
const ASKED_PARTS = ['citations', 'versions', 'related'] as const;
