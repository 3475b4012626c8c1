import type { IDraftContent, IEntry } from './api';

/**
 * A dataset as it was before it was retired.
 */
export interface IRetired extends Pick<IEntry, 'loader' | 'batch_script'> {
  name: string;
  /**
   * Its repository on the Hub, if it had one that was not deleted.
   */
  repo_id: string | null;
  content: Pick<IDraftContent, 'title' | 'values' | 'private'>;
}
