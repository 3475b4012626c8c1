import type { TranslationBundle } from '@jupyterlab/translation';

import type { IJob, IShare, IShareAction } from '../../types/api';
import type { IFieldError } from '../../types/errors';
import type { Executors, IPlacement } from './RunOn';

/**
 * Options of an action, by name.
 */
export type ShareOptions = Readonly<Record<string, unknown>>;

/**
 * What became of an action: it has begun, it was given up (the user said no, or was notified of an
 * error), or options must be corrected first.
 */
export type ShareStart = 'begun' | 'stopped' | readonly IFieldError[];

/**
 * What can be done with a channel.
 */
export interface IShareActions {
  /**
   * Start an action, after the user has agreed if it needs that.
   */
  onStart: (
    share: IShare,
    action: IShareAction,
    options: ShareOptions,
    placement?: IPlacement
  ) => Promise<ShareStart>;
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
