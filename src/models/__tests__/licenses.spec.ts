import { matchingTerms } from '../../components/common/terms';
import type { ITerm } from '../../types/terms';
import { licensesForData } from '../licenses';

const { licenses } = jest.requireActual<Record<string, ITerm[]>>(
  '../../../huggingnersc_lab/record/vocabulary.json'
);
const terms = licensesForData(licenses!);

const found = (typed: string): string[] =>
  matchingTerms(terms, typed).map(({ id }) => id);

describe('licensesForData', () => {
  it('loses none, and names none that there is not', () => {
    expect(terms.map(({ id }) => id).sort()).toEqual(
      licenses!.map(({ id }) => id).sort()
    );
    expect(terms.filter(({ common }) => common)).toHaveLength(10);
  });

  it('has those for data first', () => {
    expect(found('').slice(0, 4)).toEqual([
      'cc-by-4.0',
      'cc0-1.0',
      'cc-by-sa-4.0',
      'cc-by-nc-4.0'
    ]);
  });

  it.each([
    ['cc by 4', 'cc-by-4.0'],
    ['CC BY', 'cc-by-4.0'],
    ['cc-by-4', 'cc-by-4.0'],
    ['public domain', 'cc0-1.0'],
    ['cc0', 'cc0-1.0'],
    ['cc by nc sa', 'cc-by-nc-sa-2.0'],
    ['attribution 4', 'cc-by-4.0'],
    ['apache', 'apache-2.0']
  ])('finds for "%s" first: %s', (typed, id) => {
    expect(found(typed)[0]).toBe(id);
  });

  it('finds the other dedication to the public domain, too', () => {
    expect(found('public domain')).toContain('pddl');
  });
});
