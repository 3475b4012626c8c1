import { nullTranslator } from '@jupyterlab/translation';

import { type ISize, sizeText } from '../sizeText';

const trans = nullTranslator.load('test');

describe('sizeText', () => {
  it.each<[Partial<ISize>, string]>([
    [{ rows: 6000, n_bytes: 12, size_categories: ['1K<n<10K'] }, '6,000 rows'],
    [{ rows: 1 }, '1 row'],
    [{ rows: 0 }, '0 rows'],
    [{ n_bytes: 1_230_000, size_categories: ['n<1K'] }, '1.23 MB'],
    [{ size_categories: ['n<1K'] }, 'under 1K rows'],
    [{ size_categories: ['1K<n<10K'] }, '1K–10K rows'],
    [{ size_categories: ['100B<n<1T'] }, '100B–1T rows'],
    [{ size_categories: ['n>1T'] }, 'over 1T rows'],
    [{ size_categories: ['unknown'] }, 'unknown'],
    [{ size_categories: ['<b>n', 'n<1K'] }, '<b>n, under 1K rows'],
    [{}, '']
  ])('of %j: %s', (size, expected) => {
    expect(sizeText({ size_categories: [], ...size }, trans)).toBe(expected);
  });
});
