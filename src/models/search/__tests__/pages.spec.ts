import { PAGE, Pages } from '../pages';

const pageOf = (page: number): number[] =>
  Array.from({ length: PAGE }, (_, index) => page * PAGE + index);

describe('Pages', () => {
  it('finds what is on the loaded pages', () => {
    const pages = new Pages<number>();
    pages.put(7, pageOf(7));
    expect(pages.at(7 * PAGE + 3)).toBe(7 * PAGE + 3);
    expect(pages.at(0)).toBeNull();
    expect(pages.find(item => item === 7 * PAGE + 9)).toBe(7 * PAGE + 9);
    expect(pages.find(item => item === 0)).toBeNull();
  });

  it('keeps a few of them, those near the newest', () => {
    const pages = new Pages<number>();
    for (let page = 0; page < 1000; page++) {
      pages.put(page, pageOf(page));
    }
    const kept = Array.from({ length: 1000 }, (_, page) => page).filter(page =>
      pages.has(page)
    );
    expect(kept).toHaveLength(30);
    expect(kept).toContain(999);
    expect(kept).toContain(970);
    pages.put(0, pageOf(0));
    expect(pages.has(0)).toBe(true);
    expect(pages.has(999)).toBe(false);
  });
});
