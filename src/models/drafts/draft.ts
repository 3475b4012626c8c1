import type { ReadonlyPartialJSONObject } from '@lumino/coreutils';
import { ISignal, Signal } from '@lumino/signaling';

import type { CatalogClient } from '../../api/client';
import type {
  IDraft,
  IDraftContent,
  IFindings,
  IPreview
} from '../../types/api';
import { asCatalogError, CatalogError } from '../../types/errors';
import { DraftFill } from './draftFill';
import { DraftSaver } from './draftSaver';
import { withKeptSources } from './filling';

export type DraftClient = Pick<
  CatalogClient,
  'getDraft' | 'writeDraft' | 'validateDraft' | 'previewDraft' | 'suggest'
>;

/**
 * One draft: its content, what the server found in it, and its preview.
 */
export class DraftModel {
  /**
   * @param client - Sends the requests.
   * @param draft - The draft as the server has it.
   * @param delay - Milliseconds without typing after which it is saved.
   */
  constructor(
    private readonly _client: DraftClient,
    draft: IDraft,
    delay = 800
  ) {
    this.id = draft.id;
    this._saver = new DraftSaver({
      client: _client,
      draft,
      delay,
      onChanged: () => this._stateChanged.emit(),
      onSaved: () => void this.validate()
    });
    this.fill = new DraftFill({
      client: _client,
      content: () => this.content,
      change: part => this.change(part),
      onChanged: () => this._stateChanged.emit()
    });
  }

  readonly id: string;

  /**
   * What the data's folder suggests.
   */
  readonly fill: DraftFill;

  get content(): IDraftContent {
    return this._saver.content;
  }

  /**
   * Whether the server does not have the present content yet.
   */
  get isDirty(): boolean {
    return this._saver.isDirty;
  }

  get isSaving(): boolean {
    return this._saver.isSaving;
  }

  get saveError(): CatalogError | null {
    return this._saver.error;
  }

  /**
   * The version that another tab saved in the meantime. Nothing is saved until `keepMine` or
   * `takeTheirs` is called.
   */
  get conflict(): IDraft | null {
    return this._saver.conflict;
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
   * Why the last validation failed.
   */
  get validateError(): CatalogError | null {
    return this._validateError;
  }

  /**
   * Whether the user has tried to preview or publish it. Errors are shown from then on.
   */
  get wasTried(): boolean {
    return this._wasTried;
  }

  /**
   * The preview of the present content; null as soon as the content changes.
   */
  get preview(): IPreview | null {
    return this._preview?.content === this.content
      ? this._preview.preview
      : null;
  }

  get isPreviewing(): boolean {
    return this._isPreviewing;
  }

  /**
   * Why there is no preview, if not because of errors in the content.
   */
  get previewError(): CatalogError | null {
    return this._previewError;
  }

  get stateChanged(): ISignal<this, void> {
    return this._stateChanged;
  }

  /**
   * Change some members of the content; it is saved a moment later.
   */
  change(part: Partial<IDraftContent>): void {
    this._saver.change(withKeptSources(this.content, part));
  }

  /**
   * Save now. Never rejects.
   *
   * @returns Whether the server has the present content.
   */
  save(): Promise<boolean> {
    return this._saver.save();
  }

  /**
   * Resolve a conflict in favour of this tab's content.
   */
  keepMine(): Promise<void> {
    return this._saver.keepMine();
  }

  /**
   * Resolve a conflict in favour of the other tab's content.
   */
  async takeTheirs(): Promise<void> {
    if (this._saver.takeTheirs()) {
      await this.validate();
    }
  }

  /**
   * Have the server validate the saved content. Never rejects.
   */
  async validate(): Promise<void> {
    const { content } = this._saver.saved;
    const turn = ++this._turn;
    try {
      const findings = await this._client.validateDraft(this.id);
      if (turn === this._turn) {
        this._setFindings(findings, content);
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
   * Ask the server what publishing would create and do. Never rejects.
   *
   * @returns Whether there is a preview of the present content. If not, `findings` or
   * `previewError` say why.
   */
  async makePreview(): Promise<boolean> {
    this._wasTried = true;
    this._isPreviewing = true;
    this._previewError = null;
    this._stateChanged.emit();
    const isSaved = await this.save();
    const { content } = this._saver.saved;
    if (isSaved) {
      const turn = ++this._turn;
      try {
        const preview = await this._client.previewDraft(this.id, {
          private: content.private,
          create_pr: content.create_pr
        });
        this._preview = { content, preview };
        this._setFindings({ errors: [], warnings: preview.warnings }, content);
      } catch (reason) {
        const error = asCatalogError(reason);
        if (error.code !== 'invalid_record' || error.errors.length === 0) {
          this._previewError = error;
        } else if (turn === this._turn) {
          const { warnings } = this._findings;
          this._setFindings({ errors: [...error.errors], warnings }, content);
        }
      }
    } else {
      this._previewError = this.saveError;
    }
    this._isPreviewing = false;
    this._stateChanged.emit();
    return this.preview !== null;
  }

  /**
   * Show the validation errors that a job reported.
   */
  take(error: CatalogError): void {
    this._wasTried = true;
    this._turn += 1;
    const { warnings } = this._findings;
    this._setFindings(
      { errors: [...error.errors], warnings },
      this._saver.saved.content
    );
    this._stateChanged.emit();
  }

  dispose(): void {
    this._saver.dispose();
    Signal.clearData(this);
  }

  private _setFindings(findings: IFindings, content: IDraftContent): void {
    this._findings = findings;
    this._checked = content.values;
  }

  private _findings: IFindings = { errors: [], warnings: [] };
  private _checked: ReadonlyPartialJSONObject = {};
  private _validateError: CatalogError | null = null;
  private _preview: { content: IDraftContent; preview: IPreview } | null = null;
  private _previewError: CatalogError | null = null;
  private _isPreviewing = false;
  private _wasTried = false;
  /**
   * Numbers the validations, so that an answer that a later one overtook is ignored.
   */
  private _turn = 0;
  private readonly _saver: DraftSaver;
  private readonly _stateChanged = new Signal<this, void>(this);
}
