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
  maxProperties?: number;
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
  /**
   * What it is written with, where that is more than its type tells.
   */
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
 * The parts of the form in their order.
 */
export const SECTIONS: readonly SectionName[] = [
  'where',
  'about',
  'loader',
  'review'
];

/**
 * How a member is written: the closed set of what the form can draw.
 */
export type FieldKind =
  | 'text'
  | 'long_text'
  | 'choice'
  | 'choices'
  | 'words'
  | 'rows'
  | 'switch'
  | 'object'
  | 'path'
  | 'script'
  | 'kernel';

/**
 * One field of the form.
 */
export interface IField {
  member: string;
  section: SectionName;
  kind: FieldKind;
  schema: IMemberSchema;
  required: boolean;
  /**
   * Whether it stands behind *More details*.
   */
  rare: boolean;
}

/**
 * The fields of the form as they stand in it: by section, the rare ones of each last, what depends
 * on another field behind that one, and else in the schema's order.
 */
export function fieldsOf(schema: IRecordSchema): IField[] {
  const fields = Object.entries(schema.properties).flatMap(([member, its]) =>
    its['x-section'] && !its.readOnly
      ? {
          member,
          section: its['x-section'],
          kind: kindOf(its),
          schema: its,
          required: schema.required?.includes(member) ?? false,
          rare: its['x-rare'] ?? false
        }
      : []
  );
  const part = ({ section, rare }: IField): number =>
    2 * SECTIONS.indexOf(section) + Number(rare);
  const names = Object.keys(schema.properties);
  const place = ({ member, schema: its }: IField): number => {
    const own = names.indexOf(member);
    const needed = names.indexOf(needOf(its)?.[0] ?? member);
    return needed > own ? needed + 0.5 : own;
  };
  return fields.sort((a, b) => part(a) - part(b) || place(a) - place(b));
}

/**
 * Whether a field has its place in the form with these values: one that holds something always has.
 */
export function isNeeded(
  { member, schema }: IField,
  values: Readonly<Record<string, unknown>>
): boolean {
  const need = needOf(schema);
  return (
    need === undefined ||
    values[need[0]] === need[1] ||
    values[member] !== undefined
  );
}

function needOf(schema: IMemberSchema): [string, unknown] | undefined {
  return Object.entries(schema['x-needs'] ?? {})[0];
}

function kindOf(schema: IMemberSchema): FieldKind {
  const widget = schema['x-widget'];
  if (widget === 'path' || widget === 'script' || widget === 'kernel') {
    return widget;
  }
  if (schema.type === 'boolean') {
    return 'switch';
  }
  if (schema.type === 'object') {
    return 'object';
  }
  if (schema.items?.type === 'object') {
    return 'rows';
  }
  if (schema.type === 'array') {
    return schema.items?.['x-vocabulary'] ? 'choices' : 'words';
  }
  if (schema['x-vocabulary']) {
    return 'choice';
  }
  return widget ? 'long_text' : 'text';
}
