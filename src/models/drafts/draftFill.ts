import type { CatalogClient } from '../../api/client';
import type {
  IDraftContent,
  ISuggestedValue,
  ISuggestions
} from '../../types/api';
import { asCatalogError, type CatalogError } from '../../types/errors';
import { withoutSuggestions, withSuggestion, withSuggestions } from './filling';

export interface IDraftFillOptions {
  client: Pick<CatalogClient, 'suggest'>;
  content: () => IDraftContent;
  change: (part: Partial<IDraftContent>) => void;
  /**
   * Called when the suggestions have changed.
   */
  onChanged: () => void;
}

/**
 * Fills in the empty fields of a new draft from the files in the data's folder.
 */
export class DraftFill {
  constructor(private readonly _options: IDraftFillOptions) {}

  /**
   * What the folder suggests; null before the first answer.
   */
  get suggestions(): ISuggestions | null {
    return this._suggestions;
  }

  /**
   * Why there are no suggestions.
   */
  get error(): CatalogError | null {
    return this._error;
  }

  /**
   * Ask what a folder suggests. The first time, empty fields are filled in; a draft that was filled
   * in from it before is left as it is. Never rejects.
   */
  async from(dataPath: string): Promise<void> {
    const { client, content, change, onChanged } = this._options;
    const { editing, adopting } = content();
    if (this._asked === dataPath || editing !== null || adopting) {
      return;
    }
    this._asked = dataPath;
    try {
      const suggestions = await client.suggest(dataPath);
      if (this._asked !== dataPath) {
        return;
      }
      this._suggestions = suggestions;
      this._error = null;
      const now = content();
      const { data_path } = suggestions;
      if (
        now.filled_from !== data_path &&
        now.values['data_path'] === data_path
      ) {
        change(withSuggestions(now, suggestions));
      }
    } catch (reason) {
      if (this._asked === dataPath) {
        this._suggestions = null;
        this._error = asCatalogError(reason);
        this._asked = null;
      }
    }
    onChanged();
  }

  /**
   * Take one of the suggested values; null empties the field.
   */
  choose(member: string, choice: ISuggestedValue | null): void {
    const { content, change } = this._options;
    change(withSuggestion(content(), member, choice));
  }

  /**
   * Remove everything that was filled in and not changed since.
   */
  undo(): void {
    const { content, change } = this._options;
    change(withoutSuggestions(content()));
  }

  private _asked: string | null = null;
  private _suggestions: ISuggestions | null = null;
  private _error: CatalogError | null = null;
}
