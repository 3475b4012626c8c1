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
  | 'authors'
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
 * Members whose kind of field does not follow from their type.
 */
const KINDS: Readonly<Record<string, FieldKind>> = {
  authors: 'authors',
  data_path: 'path',
  loader: 'script',
  batch_script: 'script',
  kernel_name: 'kernel'
};

/**
 * Members that few datasets need.
 */
const RARE: ReadonlySet<string> = new Set([
  'access_group',
  'download_link',
  'task_ids',
  'annotations_creators',
  'language_creators',
  'multilinguality',
  'source_datasets',
  'papers',
  'doi',
  'citation',
  'homepage',
  'card_data'
]);

/**
 * Members that are only needed if another member has a certain value.
 */
const NEEDS: Readonly<Record<string, [member: string, value: unknown]>> = {
  license_name: ['license', 'other'],
  license_link: ['license', 'other'],
  batch_script: ['is_distributed', true]
};

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
          kind: KINDS[member] ?? kindOf(its),
          schema: its,
          required: schema.required?.includes(member) ?? false,
          rare: RARE.has(member)
        }
      : []
  );
  const part = ({ section, rare }: IField): number =>
    2 * SECTIONS.indexOf(section) + Number(rare);
  const names = Object.keys(schema.properties);
  const place = ({ member }: IField): number => {
    const own = names.indexOf(member);
    const needed = names.indexOf(NEEDS[member]?.[0] ?? member);
    return needed > own ? needed + 0.5 : own;
  };
  return fields.sort((a, b) => part(a) - part(b) || place(a) - place(b));
}

/**
 * Whether the form shows a field for these values. A field with a value is always shown.
 */
export function isNeeded(
  { member }: IField,
  values: Readonly<Record<string, unknown>>
): boolean {
  const need = NEEDS[member];
  return (
    need === undefined ||
    values[need[0]] === need[1] ||
    values[member] !== undefined
  );
}

function kindOf(schema: IMemberSchema): FieldKind {
  if (schema.type === 'boolean') {
    return 'switch';
  }
  if (schema.type === 'object' || schema.items?.type === 'object') {
    return 'object';
  }
  if (schema.type === 'array') {
    return schema.items?.['x-vocabulary'] ? 'choices' : 'words';
  }
  if (schema['x-vocabulary']) {
    return 'choice';
  }
  return schema['x-widget'] ? 'long_text' : 'text';
}
