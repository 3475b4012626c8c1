import { JSONExt, type ReadonlyPartialJSONObject } from '@lumino/coreutils';
import { Debouncer } from '@lumino/polling';

import type { CatalogClient } from '../../api/client';
import type { IDraft, IDraftContent } from '../../types/api';
import { asCatalogError, type CatalogError } from '../../types/errors';

export interface IDraftSaverOptions {
  client: Pick<CatalogClient, 'getDraft' | 'writeDraft'>;
  draft: IDraft;
  /**
   * Milliseconds without typing after which the draft is saved.
   */
  delay: number;
  /**
   * Called after each change of state.
   */
  onChanged: () => void;
  /**
   * Called when the server has saved the draft.
   */
  onSaved: () => void;
}

/**
 * The content of a draft and its autosave. What was typed is kept until the server has it, or until
 * the user prefers the server's version.
 */
export class DraftSaver {
  constructor(private readonly _options: IDraftSaverOptions) {
    const { delay, draft } = _options;
    this._saved = draft;
    this._content = draft.content;
    this._autosave = new Debouncer(() => this.save(), delay);
  }

  get content(): IDraftContent {
    return this._content;
  }

  /**
   * The version that the server has.
   */
  get saved(): IDraft {
    return this._saved;
  }

  get isDirty(): boolean {
    return this._content !== this._saved.content;
  }

  get isSaving(): boolean {
    return this._saving !== null;
  }

  get error(): CatalogError | null {
    return this._error;
  }

  /**
   * The version that another tab saved in the meantime. Nothing is saved until `keepMine` or
   * `takeTheirs` is called.
   */
  get conflict(): IDraft | null {
    return this._conflict;
  }

  /**
   * Change some members of the content; it is saved a moment later.
   */
  change(part: Partial<IDraftContent>): void {
    const changed = { ...this._content, ...part };
    if (
      JSONExt.deepEqual(
        changed as unknown as ReadonlyPartialJSONObject,
        this._content as unknown as ReadonlyPartialJSONObject
      )
    ) {
      return;
    }
    this._content = changed;
    this._options.onChanged();
    this._autosave.invoke().catch(() => undefined);
  }

  /**
   * Save now. Never rejects.
   *
   * @returns Whether the server has the present content.
   */
  async save(): Promise<boolean> {
    while (this._saving) {
      await this._saving;
    }
    if (this._isDisposed || this._conflict || !this.isDirty) {
      return !this.isDirty;
    }
    this._saving = this._write();
    await this._saving;
    return !this.isDirty;
  }

  /**
   * Resolve a conflict in favour of this tab's content.
   */
  async keepMine(): Promise<void> {
    if (this._conflict) {
      this._saved = this._conflict;
      this._conflict = null;
      await this.save();
    }
  }

  /**
   * Resolve a conflict in favour of the other tab's content.
   *
   * @returns Whether there was a conflict.
   */
  takeTheirs(): boolean {
    if (!this._conflict) {
      return false;
    }
    this._saved = this._conflict;
    this._content = this._conflict.content;
    this._conflict = null;
    this._error = null;
    this._options.onChanged();
    return true;
  }

  dispose(): void {
    this._isDisposed = true;
    this._autosave.dispose();
    window.clearTimeout(this._retry);
  }

  private async _write(): Promise<void> {
    const { client, draft, onChanged, onSaved } = this._options;
    const content = this._content;
    window.clearTimeout(this._retry);
    onChanged();
    try {
      const { etag, updated_at } = await client.writeDraft(
        draft.id,
        content,
        this._saved.etag
      );
      this._saved = { id: draft.id, etag, updated_at, content };
      this._error = null;
    } catch (reason) {
      await this._onError(asCatalogError(reason));
    }
    this._saving = null;
    onChanged();
    if (!this._error && !this._isDisposed) {
      onSaved();
    }
  }

  private async _onError(error: CatalogError): Promise<void> {
    this._error = error;
    if (error.code === 'conflict') {
      const { client, draft } = this._options;
      try {
        this._conflict = await client.getDraft(draft.id);
      } catch (reason) {
        this._error = asCatalogError(reason);
      }
    }
    if (RETRIED.includes(error.code) && !this._isDisposed) {
      this._retry = window.setTimeout(() => void this.save(), RETRY_DELAY);
    }
  }

  private _content: IDraftContent;
  private _saved: IDraft;
  private _saving: Promise<void> | null = null;
  private _error: CatalogError | null = null;
  private _conflict: IDraft | null = null;
  private _isDisposed = false;
  private _retry = 0;
  private readonly _autosave: Debouncer<boolean>;
}

/**
 * Errors that may go away by themselves. The others need the user, so saving is not retried.
 */
const RETRIED: readonly string[] = ['no_connection', 'storage', 'unexpected'];

/**
 * Milliseconds between a failed save and the next try.
 */
const RETRY_DELAY = 5000;
