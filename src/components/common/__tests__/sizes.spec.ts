import type { ITerm } from '../../../types/terms';
import { sizeOf } from '../sizes';

const { size_categories: sizes } = jest.requireActual<Record<string, ITerm[]>>(
  '../../../../huggingnersc_lab/record/vocabulary.json'
);

describe('sizeOf', () => {
  it.each([
    ['0', 'n<1K'],
    ['999', 'n<1K'],
    ['1000', '1K<n<10K'],
    ['6000', '1K<n<10K'],
    ['1,000 rows', '1K<n<10K'],
    ['1.000', '1K<n<10K'],
    ["12'345", '10K<n<100K'],
    ['1 234 567', '1M<n<10M'],
    ['about 250k', '100K<n<1M'],
    ['1.5 million', '1M<n<10M'],
    ['1,5 million rows', '1M<n<10M'],
    ['2.125 billion', '1B<n<10B'],
    ['1e6', '1M<n<10M'],
    ['3 T', 'n>1T']
  ])('of %s is %s', (typed, id) => {
    expect(sizeOf(sizes!, typed)?.id).toBe(id);
  });

  it.each(['', 'rows', 'fewer than 1,000', '-'])(
    'of "%s" is not known',
    typed => {
      expect(sizeOf(sizes!, typed)).toBeUndefined();
    }
  );

  it('is no other term', () => {
    expect(sizeOf([{ id: 'mit', label: 'MIT' }], '6000')).toBeUndefined();
  });
});
