import type {
  ReadonlyPartialJSONObject,
  ReadonlyPartialJSONValue
} from '@lumino/coreutils';

import type { Values } from './types';

type Value = ReadonlyPartialJSONValue | undefined;

/**
 * The values with one member replaced; without it where nothing is left of it.
 */
export function withMember(
  values: Values,
  member: string,
  value: Value
): Values {
  const changed = { ...values, [member]: value };
  if (isEmpty(value)) {
    delete changed[member];
  }
  return changed;
}

/**
 * The values with what `pointer` (RFC 6901) points at replaced. In a list of words that names the
 * new one already, the old one is left out.
 */
export function withValueAt(
  values: Values,
  pointer: string,
  value: string
): Values {
  const [member, ...path] = pathOf(pointer);
  return member === undefined
    ? values
    : withMember(values, member, replaced(values[member], path, value));
}

/**
 * The parts of a pointer.
 */
export function pathOf(pointer: string): string[] {
  return pointer
    .split('/')
    .slice(1)
    .map(part => part.replace(/~1/g, '/').replace(/~0/g, '~'));
}

/**
 * The words of a list; none where a draft holds something else.
 */
export function asWords(value: unknown): string[] {
  return Array.isArray(value)
    ? value.filter((word): word is string => typeof word === 'string')
    : [];
}

/**
 * The text of a value; empty where there is none.
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
