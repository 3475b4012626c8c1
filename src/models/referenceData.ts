import type { CatalogClient } from '../api/client';
import type { ITerm } from '../components/common/terms';
import type { IRecordSchema } from '../components/form/schema';

/**
 * What the form is drawn from, asked for once; after a failure, again.
 */
export class Reference {
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
   * The terms of a vocabulary. The same function always, as the form needs it.
   */
  readonly vocabulary = (list: string): Promise<readonly ITerm[]> =>
    this._once(
      list,
      async () =>
        (await this._client.getVocabulary(list)).terms as unknown as ITerm[]
    );

  private _once<T>(key: string, ask: () => Promise<T>): Promise<T> {
    let answer = this._answers.get(key) as Promise<T> | undefined;
    if (!answer) {
      answer = ask();
      this._answers.set(key, answer);
      answer.catch(() => this._answers.delete(key));
    }
    return answer;
  }

  private readonly _answers = new Map<string, Promise<unknown>>();
}
