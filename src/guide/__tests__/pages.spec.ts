import { isPage, pageOf, readPage } from '../pages';

describe('the pages of the guide', () => {
  it('are named by the links between them', () => {
    expect(pageOf('reference/search.md')).toBe('reference/search');
    expect(pageOf('reference/record.md#authors')).toBe('reference/record');
    expect(pageOf('#share-it')).toBeNull();
    expect(pageOf('reference/search')).toBeNull();
    expect(pageOf('site-admin.md')).toBeNull();
    expect(isPage('constructor')).toBe(false);
  });

  it('come without pictures, and lead to no document that is missing', async () => {
    const text = await readPage('user-guide');
    expect(text).toContain('# User guide');
    expect(text).not.toContain('images/');
    const links = [...text.matchAll(/\]\(([^)\s]+)\)/g)].map(
      found => found[1]!
    );
    expect(links.length).toBeGreaterThan(4);
    const missing = links.filter(
      href => !/^(#|https:)/.test(href) && pageOf(href) === null
    );
    expect(missing).toEqual([]);
  });

  it.each(['reference/record', 'reference/search', 'reference/settings'])(
    'has %s',
    async page => {
      expect(isPage(page) && (await readPage(page))).toMatch(/^# /m);
    }
  );
});
