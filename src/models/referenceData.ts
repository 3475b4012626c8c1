import type { CatalogClient } from '../api/client';
import type { IRecordSchema } from '../types/record';
import type { ITerm, LoadTerms } from '../types/terms';
import { licensesForData } from './licenses';

/**
 * The record's schema and the vocabularies. Each is requested once, and again only after an error.
 */
export class ReferenceData {
  constructor(
    private readonly _client: Pick<CatalogClient, 'getSchema' | 'getVocabulary'>
  ) {}

  /**
   * The record's schema.
   */
  schema(): Promise<IRecordSchema> {
    return this._once(
      '',
      async () =>
        (await this._client.getSchema()).schema as unknown as IRecordSchema
    );
  }

  /**
   * The terms of a vocabulary. A property, so that React sees the same function each time.
   */
  readonly vocabulary: LoadTerms = list =>
    this._once(list, async () => {
      const answer = await this._client.getVocabulary(list);
      const terms = answer.terms as unknown as ITerm[];
      return list === 'licenses' ? licensesForData(terms) : terms;
    });

  private _once<T>(key: string, request: () => Promise<T>): Promise<T> {
    let answer = this._answers.get(key) as Promise<T> | undefined;
    if (!answer) {
      answer = request();
      this._answers.set(key, answer);
      answer.catch(() => this._answers.delete(key));
    }
    return answer;
  }

  private readonly _answers = new Map<string, Promise<unknown>>();
}
