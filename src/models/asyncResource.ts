import { asCatalogError, type CatalogError } from '../types/errors';

/**
 * One question to the server: its newest answer, why the last try failed, and whether one is under
 * way. What was answered stays while it is asked again, unless it is gone.
 */
export class Question<T> {
  /**
   * @param _send - Sends the question.
   * @param _changed - Called at each change.
   */
  constructor(
    private readonly _send: () => Promise<T>,
    private readonly _changed: () => void
  ) {}

  get value(): T | null {
    return this._value;
  }

  get error(): CatalogError | null {
    return this._error;
  }

  get isBusy(): boolean {
    return this._sent !== null;
  }

  /**
   * Ask, whatever was answered before; resolves with the newest answer there, be it to a later
   * question. Never rejects.
   */
  async ask(): Promise<void> {
    const asked = this._ask(this._send());
    this._asked = asked;
    await asked;
    if (this._asked !== asked) {
      await this._asked;
    }
  }

  /**
   * Ask where that was not done yet. Never rejects.
   */
  async askOnce(): Promise<void> {
    if (this._value === null) {
      await (this.isBusy ? this._asked : this.ask());
    }
  }

  /**
   * Forget the answer, and one that is on its way.
   */
  forget(): void {
    this._value = null;
    this._error = null;
    this._sent = null;
    this._changed();
  }

  private async _ask(sent: Promise<T>): Promise<void> {
    this._sent = sent;
    this._error = null;
    this._changed();
    try {
      const value = await sent;
      if (this._sent === sent) {
        this._value = value;
      }
    } catch (reason) {
      if (this._sent === sent) {
        this._error = asCatalogError(reason);
        if (this._error.code === 'not_found') {
          this._value = null;
        }
      }
    }
    if (this._sent === sent) {
      this._sent = null;
      this._changed();
    }
  }

  private _value: T | null = null;
  private _error: CatalogError | null = null;
  private _sent: Promise<T> | null = null;
  private _asked: Promise<void> | null = null;
}
