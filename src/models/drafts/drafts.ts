import { ISignal, Signal } from '@lumino/signaling';

import type { CatalogClient } from '../../api/client';
import type { IDraft, IDraftContent, IDraftSummary } from '../../types/api';
import { asCatalogError, CatalogError } from '../../types/errors';
import { type DraftClient, DraftModel } from './draft';

export type DraftsClient = DraftClient &
  Pick<
    CatalogClient,
    | 'listDrafts'
    | 'createDraft'
    | 'editRecord'
    | 'adoptHubDataset'
    | 'deleteDraft'
  >;

/**
 * The user's drafts, and one model for each draft that is open, even if several views show it.
 */
export class DraftsModel {
  constructor(private readonly _client: DraftsClient) {}

  /**
   * The newest first; null before the first answer.
   */
  get drafts(): readonly IDraftSummary[] | null {
    return this._drafts;
  }

  get listError(): CatalogError | null {
    return this._listError;
  }

  /**
   * Why the last draft could not be created or opened.
   */
  get openError(): CatalogError | null {
    return this._openError;
  }

  get deleteError(): CatalogError | null {
    return this._deleteError;
  }

  get stateChanged(): ISignal<this, void> {
    return this._stateChanged;
  }

  /**
   * Reload the list. Never rejects.
   */
  async refresh(): Promise<void> {
    try {
      const { drafts } = await this._client.listDrafts();
      this._drafts = [...drafts].sort((a, b) =>
        b.updated_at.localeCompare(a.updated_at)
      );
      this._listError = null;
    } catch (error) {
      this._listError = asCatalogError(error);
    }
    this._stateChanged.emit();
  }

  /**
   * Create a draft. Never rejects.
   *
   * @returns The draft, or null with `openError` set.
   */
  create(content: Partial<IDraftContent>): Promise<DraftModel | null> {
    return this._openWith(() => this._client.createDraft(content));
  }

  /**
   * Create a draft that changes an entry of the catalog. Never rejects.
   */
  edit(name: string): Promise<DraftModel | null> {
    return this._openWith(() => this._client.editRecord(name));
  }

  /**
   * Create a draft that adds a repository on the Hub to the catalog. Never rejects.
   *
   * @param name - The repository's name, without the organization.
   */
  adopt(name: string): Promise<DraftModel | null> {
    return this._openWith(() => this._client.adoptHubDataset(name));
  }

  /**
   * Open a draft. Never rejects.
   */
  async open(id: string): Promise<DraftModel | null> {
    return (
      this._open.get(id) ?? this._openWith(() => this._client.getDraft(id))
    );
  }

  /**
   * A draft, if it is open.
   */
  find(id: string): DraftModel | null {
    return this._open.get(id) ?? null;
  }

  /**
   * Delete a draft. Never rejects.
   */
  async remove(id: string): Promise<void> {
    this._deleteError = null;
    try {
      await this._client.deleteDraft(id);
      this._drafts = this._drafts?.filter(draft => draft.id !== id) ?? null;
      this.close(id);
    } catch (error) {
      this._deleteError = asCatalogError(error);
    }
    this._stateChanged.emit();
  }

  /**
   * Drop the model of a draft that no longer exists.
   */
  close(id: string): void {
    this._open.get(id)?.dispose();
    this._open.delete(id);
    this._stateChanged.emit();
  }

  dispose(): void {
    this._open.forEach(draft => draft.dispose());
    this._open.clear();
    Signal.clearData(this);
  }

  private async _openWith(
    request: () => Promise<IDraft>
  ): Promise<DraftModel | null> {
    this._openError = null;
    try {
      const draft = await request();
      // Another view may have opened it in the meantime.
      const model =
        this._open.get(draft.id) ?? new DraftModel(this._client, draft);
      this._open.set(draft.id, model);
      void model.validate();
      return model;
    } catch (error) {
      this._openError = asCatalogError(error);
      return null;
    } finally {
      this._stateChanged.emit();
    }
  }

  private _drafts: readonly IDraftSummary[] | null = null;
  private readonly _open = new Map<string, DraftModel>();
  private _listError: CatalogError | null = null;
  private _openError: CatalogError | null = null;
  private _deleteError: CatalogError | null = null;
  private readonly _stateChanged = new Signal<this, void>(this);
}
