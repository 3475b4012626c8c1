import { nullTranslator } from '@jupyterlab/translation';

import { ago, monthOf } from '../ago';

const trans = nullTranslator.load('test');
const now = Date.parse('2026-01-02T12:00:00Z');

describe('ago', () => {
  it.each([
    ['2026-01-02T11:59:30Z', 'just now'],
    ['2026-01-02T11:59:00Z', '1 minute ago'],
    ['2026-01-02T11:01:00Z', '59 minutes ago'],
    ['2026-01-02T11:00:00Z', '1 hour ago'],
    ['2026-01-01T12:01:00Z', '23 hours ago'],
    [now - 120_000, '2 minutes ago'],
    ['some day', '']
  ])('says of %s: %s', (when, words) => {
    expect(ago(when, trans, now)).toBe(words);
  });

  it('gives the date of what was more than a day ago', () => {
    const when = '2025-12-24T12:00:00Z';
    expect(ago(when, trans, now)).toBe(new Date(when).toLocaleDateString());
  });
});

describe('monthOf', () => {
  it('names month and year', () => {
    expect(monthOf('2026-11-15T12:00:00Z', 'en')).toBe('Nov 2026');
    expect(monthOf('some day')).toBe('');
  });
});
