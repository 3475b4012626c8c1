import { JSONExt, type ReadonlyPartialJSONObject } from '@lumino/coreutils';
import { Debouncer } from '@lumino/polling';
import { ISignal, Signal } from '@lumino/signaling';

import type { CatalogClient } from '../api/client';
import type { IDraft, IDraftContent, IFindings, IPreview } from '../types/api';
import { asCatalogError, CatalogError } from '../types/errors';

export type DraftClient = Pick<
  CatalogClient,
  'getDraft' | 'writeDraft' | 'validateDraft' | 'previewDraft'
>;

/**
 * One draft, as it is typed here and as the server keeps it. What was typed stays until the
 * server has it, or until the person chooses the server's state over it.
 */
export class DraftModel {
  /**
   * @param client - Whom to ask.
   * @param draft - The server's state of it.
   * @param delay - Milliseconds without typing after which it is saved.
   */
  constructor(
    private readonly _client: DraftClient,
    draft: IDraft,
    delay = 800
  ) {
    this.id = draft.id;
    this._saved = draft;
    this._content = draft.content;
    this._autosave = new Debouncer(() => this.save(), delay);
  }

  readonly id: string;

  get content(): IDraftContent {
    return this._content;
  }

  /**
   * Whether something was typed that the server does not have yet.
   */
  get isDirty(): boolean {
    return this._content !== this._saved.content;
  }

  get isSaving(): boolean {
    return this._saving !== null;
  }

  /**
   * When the server took the last state, as RFC 3339.
   */
  get savedAt(): string {
    return this._saved.updated_at;
  }

  /**
   * Why it is not saved.
   */
  get saveError(): CatalogError | null {
    return this._saveError;
  }

  /**
   * What somebody else, or another tab, saved meanwhile: nothing is saved until `keepMine` or
   * `takeTheirs` was chosen.
   */
  get conflict(): IDraft | null {
    return this._conflict;
  }

  /**
   * What the server found in `checked`.
   */
  get findings(): IFindings {
    return this._findings;
  }

  /**
   * The values that `findings` are about.
   */
  get checked(): ReadonlyPartialJSONObject {
    return this._checked;
  }

  /**
   * Why it could not be checked.
   */
  get validateError(): CatalogError | null {
    return this._validateError;
  }

  /**
   * Whether it was tried to preview or publish it: errors show from then on.
   */
  get wasTried(): boolean {
    return this._wasTried;
  }

  /**
   * The preview of the present content; null from the next change on.
   */
  get preview(): IPreview | null {
    return this._preview?.content === this._content
      ? this._preview.preview
      : null;
  }

  get isPreviewing(): boolean {
    return this._isPreviewing;
  }

  /**
   * Why there is no preview, other than errors in what was typed.
   */
  get previewError(): CatalogError | null {
    return this._previewError;
  }

  get stateChanged(): ISignal<this, void> {
    return this._stateChanged;
  }

  /**
   * Take what was typed; it is saved a moment later.
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
    this._stateChanged.emit();
    this._autosave.invoke().catch(() => undefined);
  }

  /**
   * Save now. Never rejects.
   *
   * @returns Whether the server has all that was typed.
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
   * Answer a conflict: what was typed here replaces the other state.
   */
  async keepMine(): Promise<void> {
    if (this._conflict) {
      this._saved = this._conflict;
      this._conflict = null;
      await this.save();
    }
  }

  /**
   * Answer a conflict: the other state replaces what was typed here.
   */
  async takeTheirs(): Promise<void> {
    if (this._conflict) {
      this._saved = this._conflict;
      this._content = this._conflict.content;
      this._conflict = null;
      this._saveError = null;
      this._stateChanged.emit();
      await this.validate();
    }
  }

  /**
   * Have the saved state checked. Never rejects.
   */
  async validate(): Promise<void> {
    const { content } = this._saved;
    const turn = ++this._turn;
    try {
      const findings = await this._client.validateDraft(this.id);
      if (turn === this._turn) {
        this._found(findings, content);
        this._validateError = null;
      }
    } catch (error) {
      if (turn === this._turn) {
        this._validateError = asCatalogError(error);
      }
    }
    this._stateChanged.emit();
  }

  /**
   * See what publishing would make and do. Never rejects.
   *
   * @returns Whether there is a preview of the present content; without one `findings` or
   * `previewError` say why.
   */
  async makePreview(): Promise<boolean> {
    this._wasTried = true;
    this._isPreviewing = true;
    this._previewError = null;
    this._stateChanged.emit();
    const saved = await this.save();
    const { content } = this._saved;
    if (saved) {
      const turn = ++this._turn;
      try {
        const preview = await this._client.previewDraft(this.id, {
          private: content.private,
          create_pr: content.create_pr
        });
        this._preview = { content, preview };
        this._found({ errors: [], warnings: preview.warnings }, content);
      } catch (reason) {
        const error = asCatalogError(reason);
        if (error.code !== 'invalid_record' || error.errors.length === 0) {
          this._previewError = error;
        } else if (turn === this._turn) {
          const { warnings } = this._findings;
          this._found({ errors: [...error.errors], warnings }, content);
        }
      }
    } else {
      this._previewError = this._saveError;
    }
    this._isPreviewing = false;
    this._stateChanged.emit();
    return this.preview !== null;
  }

  /**
   * Show errors that a job found in it.
   */
  take(error: CatalogError): void {
    this._wasTried = true;
    this._turn += 1;
    const { warnings } = this._findings;
    this._found({ errors: [...error.errors], warnings }, this._saved.content);
    this._stateChanged.emit();
  }

  dispose(): void {
    this._isDisposed = true;
    this._autosave.dispose();
    window.clearTimeout(this._retry);
    Signal.clearData(this);
  }

  private async _write(): Promise<void> {
    const content = this._content;
    window.clearTimeout(this._retry);
    this._stateChanged.emit();
    try {
      const { etag, updated_at } = await this._client.writeDraft(
        this.id,
        content,
        this._saved.etag
      );
      this._saved = { id: this.id, etag, updated_at, content };
      this._saveError = null;
    } catch (reason) {
      await this._notSaved(asCatalogError(reason));
    }
    this._saving = null;
    this._stateChanged.emit();
    if (!this._saveError && !this._isDisposed) {
      void this.validate();
    }
  }

  private async _notSaved(error: CatalogError): Promise<void> {
    this._saveError = error;
    if (error.code === 'conflict') {
      try {
        this._conflict = await this._client.getDraft(this.id);
      } catch (reason) {
        this._saveError = asCatalogError(reason);
      }
    }
    // What is for a person to mend or to decide is not tried again by itself.
    if (RETRIED.includes(error.code) && !this._isDisposed) {
      this._retry = window.setTimeout(() => void this.save(), RETRY_DELAY);
    }
  }

  private _found(findings: IFindings, content: IDraftContent): void {
    this._findings = findings;
    this._checked = content.values;
  }

  private _content: IDraftContent;
  private _saved: IDraft;
  private _saving: Promise<void> | null = null;
  private _saveError: CatalogError | null = null;
  private _conflict: IDraft | null = null;
  private _findings: IFindings = { errors: [], warnings: [] };
  private _checked: ReadonlyPartialJSONObject = {};
  private _validateError: CatalogError | null = null;
  private _preview: { content: IDraftContent; preview: IPreview } | null = null;
  private _previewError: CatalogError | null = null;
  private _isPreviewing = false;
  private _wasTried = false;
  private _isDisposed = false;
  /**
   * Counts the checks, so that an answer that a later one overtook is dropped.
   */
  private _turn = 0;
  private _retry = 0;
  private readonly _autosave: Debouncer<boolean>;
  private readonly _stateChanged = new Signal<this, void>(this);
}

/**
 * Errors that may pass by themselves.
 */
const RETRIED: readonly string[] = ['no_connection', 'storage', 'unexpected'];

/**
 * Milliseconds after which a state that could not be saved is sent again.
 */
const RETRY_DELAY = 5000;
