import type { IFieldError } from '../../types/errors';
import type { IMemberSchema, IRecordSchema } from '../../types/record';

/**
 * Validate values against the schema, in the browser. The messages are the same as the server's, which
 * checks the values again a moment later; like those, they are not translated.
 */
export function checkValues(
  schema: IRecordSchema,
  values: Readonly<Record<string, unknown>>
): IFieldError[] {
  const written = Object.entries(schema.properties).filter(
    ([, member]) => member['x-section'] !== undefined
  );
  const members = Object.fromEntries(written);
  return [
    ...check(
      {
        type: 'object',
        properties: members,
        required: (schema.required ?? []).filter(name => name in members)
      },
      values,
      ''
    )
  ];
}

const TYPES: Readonly<Record<string, string>> = {
  string: 'text',
  array: 'a list',
  object: 'an object',
  boolean: 'true or false'
};

/**
 * A longer value is not quoted in its error.
 */
const QUOTED_LENGTH = 60;

function* check(
  schema: IMemberSchema,
  value: unknown,
  pointer: string
): Generator<IFieldError> {
  const title = schema.title ?? pointer.slice(pointer.lastIndexOf('/') + 1);
  if (schema.type !== undefined && typeOf(value) !== schema.type) {
    const wanted = TYPES[schema.type] ?? schema.type;
    yield { pointer, code: 'type', detail: `${title} should be ${wanted}.` };
  } else if (typeof value === 'string') {
    yield* checkText(schema, value, pointer, title);
  } else if (Array.isArray(value)) {
    yield* checkList(schema, value, pointer, title);
  } else if (value !== null && typeof value === 'object') {
    yield* checkObject(schema, value as Record<string, unknown>, pointer);
  }
}

function* checkText(
  schema: IMemberSchema,
  text: string,
  pointer: string,
  title: string
): Generator<IFieldError> {
  // As Python counts: characters, not UTF-16 code units.
  const length = Array.from(text).length;
  if (length < (schema.minLength ?? 0)) {
    yield tooShort(pointer, title, schema.minLength, 'character', 'characters');
  }
  if (length > (schema.maxLength ?? Infinity)) {
    const detail = `${title} has more than ${schema.maxLength} characters.`;
    yield { pointer, code: 'too_long', detail };
    return;
  }
  if (schema.pattern && !new RegExp(schema.pattern, 'u').test(text)) {
    const printable = /^(?: |[^\p{C}\p{Z}])+$/u.test(text);
    const quoted =
      printable && length <= QUOTED_LENGTH ? `'${text}' is invalid. ` : '';
    const reason = schema['x-pattern-detail'] ?? 'It has the wrong format.';
    yield { pointer, code: 'pattern', detail: quoted + reason };
  }
}

function* checkList(
  schema: IMemberSchema,
  list: readonly unknown[],
  pointer: string,
  title: string
): Generator<IFieldError> {
  if (list.length < (schema.minItems ?? 0)) {
    yield tooShort(pointer, title, schema.minItems, 'entry', 'entries');
  }
  if (list.length > (schema.maxItems ?? Infinity)) {
    const detail = `${title} has more than ${schema.maxItems} entries.`;
    yield { pointer, code: 'too_long', detail };
    return;
  }
  if (schema.uniqueItems && new Set(list).size < list.length) {
    const detail = `${title} contains duplicates.`;
    yield { pointer, code: 'duplicate', detail };
  }
  for (const [index, item] of list.entries()) {
    yield* check(schema.items ?? {}, item, `${pointer}/${index}`);
  }
}

function* checkObject(
  schema: IMemberSchema,
  object: Readonly<Record<string, unknown>>,
  pointer: string
): Generator<IFieldError> {
  const properties = schema.properties ?? {};
  if (Object.keys(object).length > (schema.maxProperties ?? Infinity)) {
    const detail = `${schema.title} has more than ${schema.maxProperties} fields.`;
    yield { pointer, code: 'too_long', detail };
    return;
  }
  for (const name of schema.required ?? []) {
    if (object[name] === undefined) {
      const label = properties[name]?.title;
      yield {
        pointer: `${pointer}/${name}`,
        code: 'required',
        detail: `${label ?? `'${name}'`} is missing.`
      };
    }
  }
  for (const [name, member] of Object.entries(properties)) {
    if (object[name] !== undefined) {
      yield* check(member, object[name], `${pointer}/${name}`);
    }
  }
}

function tooShort(
  pointer: string,
  title: string,
  least: number | undefined,
  unit: string,
  units: string
): IFieldError {
  return {
    pointer,
    code: 'too_short',
    detail: `${title} needs at least ${least} ${least === 1 ? unit : units}.`
  };
}

function typeOf(value: unknown): string {
  return Array.isArray(value)
    ? 'array'
    : value === null
      ? 'null'
      : typeof value;
}
