import type { TranslationBundle } from '@jupyterlab/translation';
import type { ReadonlyPartialJSONObject } from '@lumino/coreutils';
import type { ReactNode } from 'react';

import type { IFieldError } from '../../types/errors';
import type { ITerm } from '../common/terms';
import type { IRecordSchema } from './schema';

/**
 * What a person wrote so far: members of a record, all of them optional. An emptied field has no
 * member.
 */
export type Values = ReadonlyPartialJSONObject;

/**
 * The parts of the form, as `x-section` of the schema names them, and what follows them.
 */
export type SectionName = 'where' | 'about' | 'loader' | 'review';

/**
 * A kernel that this server can start.
 */
export interface IKernel {
  name: string;
  display_name: string;
}

/**
 * A script that was picked.
 */
export interface IScript {
  file_name: string;
  text: string;
}

/**
 * What publishing would do.
 */
export interface IPlan {
  /**
   * A sentence each, in the order in which it would happen.
   */
  actions: readonly string[];
  files: readonly {
    name: string;
    /**
     * Size in bytes.
     */
    bytes: number;
    /**
     * Whether it goes to the Hub too; else it stays in the catalog's folder.
     */
    hub: boolean;
  }[];
}

/**
 * How the entry is to be published.
 */
export interface IPublishOptions {
  private: boolean;
  create_pr: boolean;
}

export interface IEntryFormProps {
  schema: IRecordSchema;
  values: Values;
  /**
   * The server's findings about `checked`.
   */
  errors: readonly IFieldError[];
  warnings: readonly IFieldError[];
  /**
   * The values that `errors` and `warnings` are about: a finding is left out as soon as its field
   * differs from them.
   */
  checked: Values;
  /**
   * Whether errors are shown: from the first try to preview or to publish on.
   */
  showErrors: boolean;
  /**
   * The terms of a vocabulary. Asked again after a failure only; should be the same function at
   * each rendering, and remember its answers.
   */
  vocabulary: (list: string) => Promise<readonly ITerm[]>;
  kernels: readonly IKernel[];
  loader: IScript | null;
  batchScript: IScript | null;
  options: IPublishOptions;
  /**
   * Why `options.create_pr` cannot be chosen freely, such as an account that may only propose.
   */
  optionsNote?: string;
  /**
   * What a preview of the present values said; null before one.
   */
  plan: IPlan | null;
  /**
   * More to say at a field, by member: who can read the path, for example.
   */
  notes?: Readonly<Record<string, ReactNode>>;
  readOnly?: boolean;
  trans: TranslationBundle;
  /**
   * Show code read-only; `language` is a name or an alias that CodeMirror's registry knows. Called
   * at each rendering.
   */
  renderCode: (text: string, language: string) => ReactNode;
  /**
   * The buttons to preview and to publish, in the section *Review*.
   */
  children?: ReactNode;
  /**
   * What stands at the end of the form once there is a plan: what publishing would make.
   */
  preview?: ReactNode;

  onChange: (values: Values) => void;
  onOptions: (options: IPublishOptions) => void;
  onPickDataPath: () => void;
  onPickLoader: () => void;
  onClearLoader: () => void;
  onPickBatchScript: () => void;
  onClearBatchScript: () => void;
  /**
   * A section was opened or closed by the person or for an error in it.
   */
  onSection?: (section: SectionName, open: boolean) => void;
}

/**
 * What the owner of the form can ask of it.
 */
export interface IEntryForm {
  /**
   * Move the focus to the first field that has an error.
   *
   * @returns Whether there is one.
   */
  focusError(): boolean;
  /**
   * Scroll to what publishing would do.
   */
  showPlan(): void;
}
