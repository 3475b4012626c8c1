import { CatalogError } from '../../types/errors';
import { ReferenceData } from '../referenceData';

describe('ReferenceData', () => {
  it('requests each list once, also while it is loading', async () => {
    const getVocabulary = jest.fn(async (list: string) => ({
      terms: [{ id: list, label: list }]
    }));
    const reference = new ReferenceData({
      getVocabulary,
      getSchema: () => Promise.reject(new Error('No request was expected.'))
    });
    const [first] = await Promise.all([
      reference.vocabulary('licenses'),
      reference.vocabulary('licenses'),
      reference.vocabulary('languages')
    ]);
    expect(first).toEqual([{ id: 'licenses', label: 'licenses' }]);
    expect(await reference.vocabulary('licenses')).toBe(first);
    expect(getVocabulary.mock.calls).toEqual([['licenses'], ['languages']]);
  });

  it('requests it again after a failure', async () => {
    const schema = { properties: {} };
    const getSchema = jest
      .fn(async () => ({ schema, version: 1 }))
      .mockRejectedValueOnce(new CatalogError('no_connection', 'Gone.'));
    const reference = new ReferenceData({
      getSchema,
      getVocabulary: async () => ({ terms: [] })
    });
    await expect(reference.schema()).rejects.toThrow('Gone.');
    expect(await reference.schema()).toBe(schema);
  });
});
