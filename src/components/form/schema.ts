import type {
  FormSectionName,
  IMemberSchema,
  IRecordSchema
} from '../../types/record';

/**
 * What most people fill in, in the order of the form. All else is under *More details*.
 */
const FIRST: readonly string[] = [
  'data_path',
  'pretty_name',
  'name',
  'description',
  'authors',
  'license',
  'license_name',
  'license_link',
  'size_categories',
  'tags',
  'loader',
  'kernel_name',
  'papers',
  'doi'
];

/**
 * The parts of the form in their order.
 */
export const PARTS = ['first', 'more', 'review'] as const;

export type Part = (typeof PARTS)[number];

/**
 * The groups of the fields under *More details*, in their order.
 */
export const SECTIONS: readonly FormSectionName[] = [
  'where',
  'about',
  'loader'
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
  part: Exclude<Part, 'review'>;
}

/**
 * The fields of the form in their order: first what most people fill in, then the others by section,
 * with the rare ones of each section last, and otherwise as in the schema. A field that depends on
 * another comes after it. A field that must be filled in is never under *More details*.
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
          part: isFirst(member, schema) ? ('first' as const) : ('more' as const)
        }
      : []
  );
  const rank = ({ member, part, section, schema: its }: IField): number => {
    if (part === 'first') {
      // One that is not in the list, but must be filled in, comes last of them.
      return (FIRST.indexOf(member) + 1 || FIRST.length + 1) - FIRST.length - 2;
    }
    return 2 * SECTIONS.indexOf(section) + Number(its['x-rare'] ?? false);
  };
  const names = Object.keys(schema.properties);
  const place = ({ member, schema: its }: IField): number => {
    const own = names.indexOf(member);
    const needed = names.indexOf(needOf(its)?.[0] ?? member);
    return needed > own ? needed + 0.5 : own;
  };
  return fields.sort((a, b) => rank(a) - rank(b) || place(a) - place(b));
}

function isFirst(member: string, { required }: IRecordSchema): boolean {
  return FIRST.includes(member) || (required?.includes(member) ?? false);
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
