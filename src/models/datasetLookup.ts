import type { IDatasetSummary } from '../types/api';
import type { DetailsModel } from './details';
import type { SearchModel } from './search/search';

/**
 * What the commands need to know about a dataset.
 */
export type IDatasetInfo = Pick<
  IDatasetSummary,
  | 'name'
  | 'pretty_name'
  | 'data_path'
  | 'repo_id'
  | 'repo_url'
  | 'broken'
  | 'read_only'
>;

/**
 * Finds a dataset among those already loaded, without a request.
 */
export class DatasetLookup {
  constructor(
    private readonly _search: Pick<SearchModel, 'find'>,
    private readonly _details: Pick<DetailsModel, 'find'>
  ) {}

  /**
   * @param id - The nickname or the `repo_id`.
   * @returns What the list, or else the dataset's page, says of it; null if neither has it.
   */
  find(id: string): IDatasetInfo | null {
    const listed = this._search.find(id);
    if (listed) {
      return listed;
    }
    const entry = this._details.find(id);
    if (!entry) {
      return null;
    }
    const { record, repo_url, read_only } = entry;
    const { pretty_name, data_path, repo_id } = record;
    return {
      name: id,
      pretty_name: typeof pretty_name === 'string' ? pretty_name : id,
      ...(typeof data_path === 'string' && { data_path }),
      ...(typeof repo_id === 'string' && { repo_id }),
      ...(repo_url !== null && { repo_url }),
      ...(read_only !== undefined && { read_only })
    };
  }
}
