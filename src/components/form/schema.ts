import type { SectionName } from './types';

/**
 * One member in the record's schema (JSON Schema draft-07), as far as the form reads it.
 */
export interface IMemberSchema {
  type?: string;
  title?: string;
  description?: string;
  readOnly?: boolean;
  pattern?: string;
  minLength?: number;
  maxLength?: number;
  minItems?: number;
  maxItems?: number;
  uniqueItems?: boolean;
  required?: readonly string[];
  properties?: Readonly<Record<string, IMemberSchema>>;
  items?: IMemberSchema;
  examples?: readonly unknown[];
  /**
   * The sentence of the error when `pattern` does not fit.
   */
  'x-pattern-detail'?: string;
  /**
   * Part of the form that it belongs to; a member without one is not for people to write.
   */
  'x-section'?: SectionName;
  /**
   * The vocabulary that its values come from.
   */
  'x-vocabulary'?: string;
  /**
   * A vocabulary to choose from, beside words of one's own.
   */
  'x-vocabulary-hint'?: string;
  'x-widget'?: 'markdown' | 'code';
}

/**
 * The schema of a whole record.
 */
export interface IRecordSchema {
  required?: readonly string[];
  properties: Readonly<Record<string, IMemberSchema>>;
}
