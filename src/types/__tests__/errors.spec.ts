import { asCatalogError, CatalogError } from '../errors';

describe('asCatalogError', () => {
  it('passes on an error of the catalog', () => {
    const error = new CatalogError('storage', 'The disk is full.');
    expect(asCatalogError(error)).toBe(error);
  });

  it.each([
    [new TypeError('x is undefined'), 'TypeError: x is undefined'],
    ['text', 'text'],
    [undefined, 'undefined']
  ])('says what else was thrown: %s', (thrown, detail) => {
    const error = asCatalogError(thrown);
    expect([error.code, error.detail]).toEqual(['unexpected', detail]);
  });
});
