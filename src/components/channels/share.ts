import type { TranslationBundle } from '@jupyterlab/translation';

import type { IJob, IShare, IShareAction } from '../../types/api';
import type { Executors, IPlacement } from './RunOn';

/**
 * Options of an action, by name.
 */
export type ShareOptions = Readonly<Record<string, unknown>>;

/**
 * What can be done with a channel.
 */
export interface IShareActions {
  /**
   * Do something, once the person has agreed where that is asked.
   *
   * @returns Whether it was begun.
   */
  onStart: (
    share: IShare,
    action: IShareAction,
    options: ShareOptions,
    placement?: IPlacement
  ) => Promise<boolean>;
  /**
   * What can run a job that is heavy.
   */
  executors: Executors;
  /**
   * Edit the entry to fill in what is missing.
   */
  onEdit: () => void;
  onCancel: (job: IJob) => void;
  onShowJob: (job: IJob) => void;
  /**
   * Enter a key for another service.
   */
  onKeys: () => void;
  trans: TranslationBundle;
}
