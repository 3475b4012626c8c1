import type { ReadonlyPartialJSONObject } from '@lumino/coreutils';

/**
 * The sections of the form, named as in the schema's `x-section`.
 */
export type FormSectionName = 'where' | 'about' | 'loader';

/**
 * The schema of one member of a record (JSON Schema draft-07), as far as the form uses it.
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
  maxProperties?: number;
  uniqueItems?: boolean;
  required?: readonly string[];
  properties?: Readonly<Record<string, IMemberSchema>>;
  items?: IMemberSchema;
  examples?: readonly unknown[];
  /**
   * The error message for a value that does not match `pattern`.
   */
  'x-pattern-detail'?: string;
  /**
   * The section of the form that the member is in. A member without one is not in the form.
   */
  'x-section'?: FormSectionName;
  /**
   * The vocabulary that the values must come from.
   */
  'x-vocabulary'?: string;
  /**
   * A vocabulary of suggestions; other values are allowed too.
   */
  'x-vocabulary-hint'?: string;
  'x-widget'?: 'markdown' | 'code' | 'path' | 'script' | 'kernel';
  /**
   * Whether few datasets need it.
   */
  'x-rare'?: boolean;
  /**
   * The member, and its value, that it depends on.
   */
  'x-needs'?: Readonly<Record<string, unknown>>;
}

/**
 * The schema of a whole record.
 */
export interface IRecordSchema {
  required?: readonly string[];
  properties: Readonly<Record<string, IMemberSchema>>;
}

/**
 * The record as written so far. All members are optional; an empty field has no member.
 */
export type RecordValues = ReadonlyPartialJSONObject;
