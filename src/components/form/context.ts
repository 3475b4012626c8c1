import type { TranslationBundle } from '@jupyterlab/translation';
import type { ReadonlyPartialJSONValue } from '@lumino/coreutils';
import { createContext, useContext } from 'react';

import type { IFieldError } from '../../types/errors';
import type { RecordValues } from '../../types/record';
import type { LoadTerms } from '../../types/terms';
import { findingsAt, type ICurrentFindings } from './findings';

/**
 * What every field of the form uses.
 */
export interface IFormContext {
  values: RecordValues;
  findings: ICurrentFindings;
  readOnly: boolean;
  trans: TranslationBundle;
  vocabulary: LoadTerms;
  /**
   * Id of the control for a JSON pointer.
   */
  idOf: (pointer: string) => string;
  /**
   * A row was added to a list, at a JSON pointer.
   */
  onAdded: (pointer: string) => void;
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
    throw new Error('A field must be inside of a form.');
  }
  return form;
}

/**
 * The properties of `Field` for a JSON pointer.
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
