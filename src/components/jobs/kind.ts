import type { TranslationBundle } from '@jupyterlab/translation';
import type { ComponentType } from 'react';

import type { IJob, IJobOrder } from '../../types/api';
import type { IRetired } from '../../types/retired';

/**
 * What the panel says of one kind of job, and offers after it. Each is in a file of its own in
 * `kinds/`, called like the kind.
 */
export interface IJobKind {
  /**
   * What a job of it is about.
   */
  title: (job: JobName, trans: TranslationBundle) => string;
  /**
   * What is said when it has succeeded.
   */
  done: (job: IJob, trans: TranslationBundle) => string;
  /**
   * What is said of what it left, where its error does not say so.
   */
  kept?: (job: IJob, trans: TranslationBundle) => string;
  /**
   * Buttons and links below that, once it has ended.
   */
  After?: ComponentType<IAfterJobProps>;
}

export type JobName = Pick<IJob, 'kind' | 'name'>;

export interface IAfterJobProps {
  /**
   * A job that has ended.
   */
  job: IJob;
  /**
   * The dataset that it has retired, if that is known.
   */
  retired?: IRetired | undefined;
  actions: IJobActions;
  trans: TranslationBundle;
}

/**
 * What a person can do after a job. Each that begins another job goes on to that.
 */
export interface IJobActions {
  /**
   * Begin another job.
   */
  start: (order: IJobOrder) => void;
  /**
   * Finish or undo the publication that it left, once the person has seen what that does.
   */
  settle: (kind: 'resume' | 'undo', name: string) => void;
  /**
   * Do it again with a repository that does not name the entry, once the person has said so.
   */
  confirmRepository: (repoId: string) => void;
  /**
   * Go back to the form that it came from.
   */
  openDraft: (id: string) => void;
  /**
   * Bring back the dataset that it has retired.
   */
  undoRetirement: (job: IJob) => void;
  /**
   * Copy a link to a dataset of the catalog.
   */
  copyLink: (name: string) => void;
  openNotebook: (name: string) => void;
  showDataset: (name: string) => void;
}
