import type {
  ReadonlyPartialJSONObject,
  ReadonlyPartialJSONValue
} from '@lumino/coreutils';

import type { RecordValues } from '../../types/record';

type Value = ReadonlyPartialJSONValue | undefined;

/**
 * The values with one member replaced, or removed if its new value is empty.
 */
export function withMember(
  values: RecordValues,
  member: string,
  value: Value
): RecordValues {
  const changed = { ...values, [member]: value };
  if (isEmpty(value)) {
    delete changed[member];
  }
  return changed;
}

/**
 * The values with the one at a JSON pointer (RFC 6901) replaced. If it is in a list that already has
 * the new value, it is removed.
 */
export function withValueAt(
  values: RecordValues,
  pointer: string,
  value: string
): RecordValues {
  const [member, ...path] = pathOf(pointer);
  return member === undefined
    ? values
    : withMember(values, member, replaced(values[member], path, value));
}

/**
 * The parts of a JSON pointer.
 */
export function pathOf(pointer: string): string[] {
  return pointer
    .split('/')
    .slice(1)
    .map(part => part.replace(/~1/g, '/').replace(/~0/g, '~'));
}

/**
 * The strings of a list; none if the value is not a list.
 */
export function asWords(value: unknown): string[] {
  return Array.isArray(value)
    ? value.filter((word): word is string => typeof word === 'string')
    : [];
}

/**
 * A string value; empty if it is not a string.
 */
export function asText(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

function replaced(
  value: Value,
  [part, ...path]: string[],
  leaf: string
): Value {
  if (part === undefined) {
    return leaf;
  }
  if (Array.isArray(value)) {
    const old: readonly Value[] = value;
    const index = Number(part);
    const item = replaced(old[index], path, leaf);
    return (old.includes(item)
      ? old.filter((_, at) => at !== index)
      : old.map((other, at) =>
          at === index ? item : other
        )) as unknown as ReadonlyPartialJSONValue;
  }
  const object = (value ?? {}) as ReadonlyPartialJSONObject;
  return { ...object, [part]: replaced(object[part], path, leaf) };
}

function isEmpty(value: Value): boolean {
  return (
    value === undefined ||
    value === null ||
    value === '' ||
    (typeof value === 'object' && Object.keys(value).length === 0)
  );
}
