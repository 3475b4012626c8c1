import type { IDatasetSummary } from '../types/api';
import type { Workbench } from './workbench';

/**
 * What the commands need to know of a dataset.
 */
export type IKnownDataset = Pick<
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
 * What is known of a dataset without asking anybody: from the list, or from its page.
 *
 * @param id - Its nickname, or its `repo_id`.
 */
export function knownDataset(
  { details, search }: Pick<Workbench, 'details' | 'search'>,
  id: string
): IKnownDataset | null {
  const listed = search.find(id);
  if (listed) {
    return listed;
  }
  const entry = details.find(id);
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
