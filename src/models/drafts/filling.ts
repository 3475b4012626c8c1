import { JSONExt, type ReadonlyPartialJSONValue } from '@lumino/coreutils';

import type {
  IDraftContent,
  ISuggestedValue,
  ISuggestions
} from '../../types/api';
import { withScript } from './draftContent';

/**
 * The changes to a draft when the suggestions of its folder fill in what is empty, or what another
 * folder had filled in. What the user has typed stays.
 */
export function withSuggestions(
  content: IDraftContent,
  { data_path, fields }: ISuggestions
): Partial<IDraftContent> {
  const former = Object.keys(content.sources ?? {});
  let filled = withoutFilled(content);
  for (const { member, choices } of fields) {
    const [first] = choices;
    if (first && isFree(filled, member)) {
      filled = { ...filled, ...withValue(filled, member, first) };
    }
  }
  return former.length === 0 && Object.keys(filled.sources ?? {}).length === 0
    ? {}
    : changed(content, { ...filled, filled_from: data_path });
}

/**
 * The changes to a draft when everything that was filled in is removed.
 */
export function withoutSuggestions(
  content: IDraftContent
): Partial<IDraftContent> {
  return changed(content, withoutFilled(content));
}

/**
 * The changes to a draft when the user takes one of the suggested values; null empties the field.
 */
export function withSuggestion(
  content: IDraftContent,
  member: string,
  choice: ISuggestedValue | null
): Partial<IDraftContent> {
  const chosen = choice
    ? withValue(content, member, choice)
    : withoutValue(content, member);
  return changed(content, { ...content, ...chosen });
}

/**
 * A change by the user, with the sources of the fields that it leaves as they are.
 */
export function withKeptSources(
  content: IDraftContent,
  part: Partial<IDraftContent>
): Partial<IDraftContent> {
  const { sources } = content;
  if (!sources || part.sources !== undefined) {
    return part;
  }
  const next = { ...content, ...part };
  const kept = Object.keys(sources).filter(member =>
    JSONExt.deepEqual(valueOf(content, member), valueOf(next, member))
  );
  return kept.length === Object.keys(sources).length
    ? part
    : { ...part, sources: only(sources, kept) };
}

/**
 * Whether a field of a draft is empty.
 */
export function isFree(content: IDraftContent, member: string): boolean {
  const value = valueOf(content, member);
  return (
    value === null ||
    value === '' ||
    (typeof value === 'object' && Object.keys(value).length === 0)
  );
}

/**
 * The names of the files that filled in fields, without repetitions.
 */
export function filesOf(content: IDraftContent): string[] {
  const files = Object.values(content.sources ?? {}).flatMap(source =>
    source.split(', ')
  );
  return [...new Set(files)];
}

function withoutFilled(content: IDraftContent): IDraftContent {
  return Object.keys(content.sources ?? {}).reduce(
    (rest, member) => ({ ...rest, ...withoutValue(rest, member) }),
    content
  );
}

function withValue(
  content: IDraftContent,
  member: string,
  { value, origins, path }: ISuggestedValue
): Partial<IDraftContent> {
  const source = origins.map(({ file }) => file).join(', ');
  const sources = { ...content.sources, [member]: source };
  if (member === 'loader') {
    return path === undefined
      ? {}
      : { ...withScript(content, 'loader', path), sources };
  }
  const values = {
    ...content.values,
    [member]: value as ReadonlyPartialJSONValue
  };
  return { values, sources };
}

function withoutValue(
  content: IDraftContent,
  member: string
): Partial<IDraftContent> {
  const kept = Object.keys(content.sources ?? {}).filter(
    other => other !== member
  );
  const sources = only(content.sources ?? {}, kept);
  if (member === 'loader') {
    return { ...withScript(content, 'loader', null), sources };
  }
  const values = { ...content.values };
  delete values[member];
  return { values, sources };
}

/**
 * The members of a draft that differ, with the title that follows from the values.
 */
function changed(
  content: IDraftContent,
  next: IDraftContent
): Partial<IDraftContent> {
  const { pretty_name, name } = next.values;
  const title =
    pretty_name === content.values['pretty_name']
      ? next.title
      : String(pretty_name || name || '');
  const all = { ...next, title };
  return Object.fromEntries(
    Object.entries(all).filter(
      ([key, value]) => value !== content[key as keyof IDraftContent]
    )
  );
}

function valueOf(
  content: IDraftContent,
  member: string
): ReadonlyPartialJSONValue {
  const value =
    member === 'loader'
      ? (content.loader_path ??
        content.loader_in_repository ??
        content.values['loader'])
      : content.values[member];
  return value ?? null;
}

function only(
  sources: Readonly<Record<string, string>>,
  members: readonly string[]
): Record<string, string> {
  return Object.fromEntries(
    Object.entries(sources).filter(([member]) => members.includes(member))
  );
}
