import type { TranslationBundle } from '@jupyterlab/translation';
import type { ReadonlyPartialJSONValue } from '@lumino/coreutils';
import { createContext, useContext } from 'react';

import type { IFieldError } from '../../types/errors';
import type { IFindings } from './findings';
import { findingsAt } from './findings';
import type { IEntryFormProps, Values } from './types';

/**
 * What every field of the form needs.
 */
export interface IFormContext {
  values: Values;
  findings: IFindings;
  readOnly: boolean;
  trans: TranslationBundle;
  vocabulary: IEntryFormProps['vocabulary'];
  /**
   * Id of the control at a place of the record.
   */
  idOf: (pointer: string) => string;
  onMember: (
    member: string,
    value: ReadonlyPartialJSONValue | undefined
  ) => void;
  onSuggestion: (finding: IFieldError) => void;
}

export const FormContext = createContext<IFormContext | null>(null);

/**
 * The form around a field.
 */
export function useForm(): IFormContext {
  const form = useContext(FormContext);
  if (!form) {
    throw new Error('A field stands outside of a form.');
  }
  return form;
}

/**
 * What `Field` is given at a place of the record.
 */
export function useFieldProps(pointer: string): {
  id: string;
  errors: IFieldError[];
  warnings: IFieldError[];
  onSuggestion: ((finding: IFieldError) => void) | undefined;
  trans: TranslationBundle;
} {
  const { findings, idOf, onSuggestion, readOnly, trans } = useForm();
  return {
    id: idOf(pointer),
    errors: findingsAt(findings.errors, pointer),
    warnings: findingsAt(findings.warnings, pointer),
    onSuggestion: readOnly ? undefined : onSuggestion,
    trans
  };
}
