import type { ITerm } from '../../../types/terms';
import { exactTerm, matchingTerms } from '../terms';

const languages: ITerm[] = [
  { id: 'gsw', label: 'Swiss German', aliases: ['Schwyzerdütsch'] },
  { id: 'gem', label: 'Germanic languages' },
  { id: 'deu', label: 'German' },
  { id: 'de', label: 'German', common: true, aliases: ['Deutsch'] },
  { id: 'ger-x', label: 'Mukulu; Gergiko' },
  { id: 'nger', label: 'Niger' }
];

const ids = (typed: string): string[] =>
  matchingTerms(languages, typed).map(({ id }) => id);

describe('matchingTerms', () => {
  it('has the names themselves first, then beginnings, then words, then parts', () => {
    expect(ids('german')).toEqual(['de', 'deu', 'gem', 'gsw']);
    expect(ids('ger').slice(-2)).toEqual(['gsw', 'nger']);
  });

  it('has all of them, the common ones first, for nothing typed', () => {
    expect(ids('  ')).toHaveLength(languages.length);
    expect(ids('')[0]).toBe('de');
  });

  it('looks past accents and case', () => {
    expect(ids('SCHWYZERDUTSCH')).toEqual(['gsw']);
  });

  it('takes signs as they are', () => {
    expect(ids('(.*')).toEqual([]);
  });
});

describe('exactTerm', () => {
  it('finds a term by its id, its label and its other names', () => {
    expect(exactTerm(languages, 'DE')?.id).toBe('de');
    expect(exactTerm(languages, ' deutsch ')?.id).toBe('de');
    expect(exactTerm(languages, 'deut')).toBeUndefined();
    expect(exactTerm(languages, '')).toBeUndefined();
  });
});
