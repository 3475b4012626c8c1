import { FACETS } from '../../../types/facets';
import type { ISearch } from '../../../types/search';
import {
  EVERYTHING,
  readSearch,
  toggleFacet,
  writeSearch
} from '../searchQuery';

describe('a search as text', () => {
  it.each<[ISearch, string]>([
    [EVERYTHING, ''],
    [
      { q: 'dark "matter" ', facets: {}, sort: 'newest' },
      'q=dark+%22matter%22+&sort=newest'
    ],
    [
      {
        q: 'ä&=+%',
        facets: { format: ['hdf5', 'a,b'], license: ['mit'] },
        sort: 'relevance'
      },
      'q=%C3%A4%26%3D%2B%25&format=hdf5&format=a%2Cb&license=mit'
    ]
  ])('is written and read again: %j', (search, text) => {
    expect(writeSearch(search)).toBe(text);
    expect(readSearch(text)).toEqual(search);
  });

  it.each(FACETS)('keeps the filter by %s', facet => {
    const search = { ...EVERYTHING, facets: { [facet]: ['a value'] } };
    expect(writeSearch(search)).toBe(`${facet}=a+value`);
    expect(readSearch(`${facet}=a+value`)).toEqual(search);
  });

  it('is read from any text', () => {
    expect(
      readSearch('?&sort=best&format=&format=csv&format=csv&limit=7&x=%zz')
    ).toEqual({ q: '', facets: { format: ['csv'] }, sort: 'relevance' });
  });
});

describe('facets', () => {
  it('are chosen and left', () => {
    const one = toggleFacet({}, 'format', 'hdf5');
    const two = toggleFacet(one, 'format', 'csv');
    expect(two).toEqual({ format: ['hdf5', 'csv'] });
    expect(toggleFacet(one, 'format', 'hdf5')).toEqual({});
  });
});
