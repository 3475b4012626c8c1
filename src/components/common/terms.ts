import type { ITerm } from '../../types/terms';

/**
 * The terms that match what is typed, the best match first. If nothing is typed, all terms, the
 * common ones first.
 */
export function matchingTerms(
  terms: readonly ITerm[],
  typed: string
): readonly ITerm[] {
  const query = spaced(folded(typed.trim()));
  const ranked = keysOf(terms)
    .map(({ term, loose }) => ({ term, rank: rankOf(loose, query) }))
    .filter(({ rank }) => rank < NO_MATCH)
    .sort(
      (a, b) =>
        a.rank - b.rank ||
        Number(b.term.common ?? false) - Number(a.term.common ?? false)
    );
  return ranked.map(({ term }) => term);
}

/**
 * The term whose name is what is typed, ignoring case.
 */
export function exactTerm(
  terms: readonly ITerm[],
  typed: string
): ITerm | undefined {
  const query = folded(typed.trim());
  return query === ''
    ? undefined
    : keysOf(terms).find(({ keys }) => rankOf(keys, query) === 0)?.term;
}

const NO_MATCH = 4;

interface IKeys {
  term: ITerm;
  /**
   * Its id, label and other names, normalized for comparison.
   */
  keys: readonly string[];
  /**
   * The same with spaces between words.
   */
  loose: readonly string[];
}

const cache = new WeakMap<readonly ITerm[], IKeys[]>();

function keysOf(terms: readonly ITerm[]): IKeys[] {
  let keys = cache.get(terms);
  if (!keys) {
    keys = terms.map(term => {
      const names = [term.id, term.label, term.spdx, ...(term.aliases ?? [])];
      const keys = names.filter(name => name !== undefined).map(folded);
      return { term, keys, loose: keys.map(spaced) };
    });
    cache.set(terms, keys);
  }
  return keys;
}

/**
 * 0 for a whole name, 1 for the start of one, 2 for the start of a word in one, 3 for any part.
 */
function rankOf(keys: readonly string[], query: string): number {
  if (query === '') {
    return 1;
  }
  let best = NO_MATCH;
  for (const key of keys) {
    const at = key.indexOf(query);
    if (at === 0) {
      best = Math.min(best, key.length === query.length ? 0 : 1);
    } else if (at > 0) {
      const inside = /[\p{L}\p{N}]/u.test(key.charAt(at - 1));
      best = Math.min(best, inside ? 3 : 2);
    }
  }
  return best;
}

/**
 * With a space for what separates words: `cc by 4` finds `cc-by-4.0`.
 */
function spaced(text: string): string {
  return text.replace(/[\s_-]+/g, ' ');
}

/**
 * Without case and accents.
 */
function folded(text: string): string {
  return text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();
}
