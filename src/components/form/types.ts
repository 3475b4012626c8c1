import type { TranslationBundle } from '@jupyterlab/translation';
import type { ReactNode } from 'react';

import type { IFieldError } from '../../types/errors';
import type { IKernel } from '../../types/kernel';
import type { IRecordSchema, RecordValues } from '../../types/record';
import type { ICompanion, IScript } from '../../types/scripts';
import type { LoadTerms } from '../../types/terms';
import type { Part } from './schema';

/**
 * What publishing will do.
 */
export interface IPlan {
  /**
   * One sentence for each step, in order.
   */
  actions: readonly string[];
  files: readonly {
    name: string;
    /**
     * Size in bytes.
     */
    bytes: number;
    /**
     * Whether it goes to the Hub too, not only to the catalog's folder.
     */
    hub: boolean;
  }[];
}

/**
 * The options for publishing.
 */
export interface IPublishOptions {
  private: boolean;
  create_pr: boolean;
}

export interface IEntryFormProps {
  schema: IRecordSchema;
  values: RecordValues;
  /**
   * What the server found in `checked`.
   */
  errors: readonly IFieldError[];
  warnings: readonly IFieldError[];
  /**
   * The values that `errors` and `warnings` are about. A finding disappears as soon as its field
   * changes.
   */
  checked: RecordValues;
  /**
   * Whether errors are shown: from the first preview or publication on.
   */
  showErrors: boolean;
  /**
   * Loads the terms of a vocabulary. It must be the same function at each rendering.
   */
  vocabulary: LoadTerms;
  kernels: readonly IKernel[];
  loader: IScript | null;
  batchScript: IScript | null;
  /**
   * Scripts of the repository that is adopted, which may be the loader.
   */
  repositoryScripts?: readonly string[];
  /**
   * The one of them that is to be the loader.
   */
  loaderInRepository?: string | null;
  /**
   * The files that the scripts need beside them.
   */
  companions?: readonly ICompanion[];
  options: IPublishOptions;
  /**
   * Why `options.create_pr` cannot be changed, for example for an account that may only propose.
   */
  optionsNote?: string;
  /**
   * The plan from the preview of the present values; null without one.
   */
  plan: IPlan | null;
  /**
   * Notes for fields, by member: who can read the path, for example.
   */
  notes?: Readonly<Record<string, ReactNode>>;
  readOnly?: boolean;
  trans: TranslationBundle;
  /**
   * Render code read-only. `language` is a name or an alias in CodeMirror's registry.
   */
  renderCode: (text: string, language: string) => ReactNode;
  /**
   * More buttons, in the part *Review*.
   */
  children?: ReactNode;
  /**
   * The buttons to preview, publish and discard, always in sight.
   */
  footer?: ReactNode;
  /**
   * The preview of the card and the notebook, at the end of the form.
   */
  preview?: ReactNode;

  onChange: (values: RecordValues) => void;
  onOptions: (options: IPublishOptions) => void;
  onPickDataPath: () => void;
  onPickLoader: () => void;
  onClearLoader: () => void;
  onUseRepositoryLoader?: (fileName: string | null) => void;
  onCompanion?: (companion: ICompanion, wanted: boolean) => void;
  onPickBatchScript: () => void;
  onClearBatchScript: () => void;
  /**
   * Called when a part is expanded or collapsed, by the user or because of an error in it.
   */
  onSection?: (part: Part, open: boolean) => void;
}

/**
 * The methods of the form.
 */
export interface IEntryForm {
  /**
   * Move the focus to the first field that has an error.
   *
   * @returns Whether there is one.
   */
  focusError(): boolean;
  /**
   * Scroll to a field and mark it for a moment, by its JSON pointer.
   */
  showField(pointer: string): void;
  /**
   * Scroll to the plan.
   */
  showPlan(): void;
}
