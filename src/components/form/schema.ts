import type {
  FormSectionName,
  IMemberSchema,
  IRecordSchema
} from '../../types/record';

/**
 * The sections of the form in their order.
 */
export const SECTIONS: readonly FormSectionName[] = [
  'where',
  'about',
  'loader',
  'review'
];

/**
 * The kinds of fields.
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
  section: FormSectionName;
  kind: FieldKind;
  schema: IMemberSchema;
  required: boolean;
  /**
   * Whether it is under *More details*.
   */
  rare: boolean;
}

/**
 * The fields of the form in their order: by section, with the rare ones of each section last, and
 * otherwise as in the schema. A field that depends on another comes after it.
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
 * Whether the form shows a field for these values. A field with a value is always shown.
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
