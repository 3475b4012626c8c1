import type { ITerm } from '../types/terms';

/**
 * The licences that data is mostly given under, in the order in which they are offered.
 */
const FOR_DATA: readonly string[] = [
  'cc-by-4.0',
  'cc0-1.0',
  'cc-by-sa-4.0',
  'cc-by-nc-4.0',
  'odc-by',
  'odbl',
  'pddl',
  'mit',
  'apache-2.0',
  'other'
];

/**
 * What people call them besides.
 */
const ALSO: Readonly<Record<string, readonly string[]>> = {
  'cc0-1.0': ['Public domain', 'CC0'],
  'cc-by-4.0': ['CC BY', 'CC BY 4.0'],
  'cc-by-sa-4.0': ['CC BY-SA', 'CC BY-SA 4.0'],
  'cc-by-nc-4.0': ['CC BY-NC', 'CC BY-NC 4.0']
};

/**
 * The licences with those for data first, and with the names that people call them by.
 */
export function licensesForData(terms: readonly ITerm[]): ITerm[] {
  const place = ({ id }: ITerm): number =>
    (FOR_DATA.indexOf(id) + 1 || FOR_DATA.length + 1) - 1;
  return [...terms]
    .sort((a, b) => place(a) - place(b))
    .map(term => ({
      ...term,
      ...(FOR_DATA.includes(term.id) && { common: true }),
      ...(ALSO[term.id] && {
        aliases: [...(term.aliases ?? []), ...(ALSO[term.id] ?? [])]
      })
    }));
}
