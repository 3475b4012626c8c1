/**
 * One allowed value of a vocabulary.
 */
export interface ITerm {
  /**
   * The value itself.
   */
  id: string;
  /**
   * Its name for people.
   */
  label: string;
  aliases?: readonly string[];
  /**
   * Of a licence, its SPDX identifier.
   */
  spdx?: string;
  /**
   * Of a language, whether it is shown before the others.
   */
  common?: boolean;
}

/**
 * The terms that fit what was typed, the best first; all of them, the common ones first, where
 * nothing was.
 */
export function matchingTerms(
  terms: readonly ITerm[],
  typed: string
): readonly ITerm[] {
  const query = folded(typed.trim());
  const ranked = keysOf(terms)
    .map(({ term, keys }) => ({ term, rank: rankOf(keys, query) }))
    .filter(({ rank }) => rank < NO_MATCH)
    .sort(
      (a, b) =>
        a.rank - b.rank ||
        Number(b.term.common ?? false) - Number(a.term.common ?? false)
    );
  return ranked.map(({ term }) => term);
}

/**
 * The term that is named by exactly what was typed, in any case.
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
   * Its id, its label and its other names, ready to be compared.
   */
  keys: readonly string[];
}

const cache = new WeakMap<readonly ITerm[], IKeys[]>();

function keysOf(terms: readonly ITerm[]): IKeys[] {
  let keys = cache.get(terms);
  if (!keys) {
    keys = terms.map(term => ({
      term,
      keys: [term.id, term.label, term.spdx ?? '', ...(term.aliases ?? [])].map(
        folded
      )
    }));
    cache.set(terms, keys);
  }
  return keys;
}

/**
 * 0 for the name itself, 1 for its beginning, 2 for the beginning of a word in it, 3 for any part.
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
 * Without case and accents.
 */
function folded(text: string): string {
  return text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();
}
