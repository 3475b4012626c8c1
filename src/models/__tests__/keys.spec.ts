import type { IServiceKey } from '../../types/api';
import { CatalogError } from '../../types/errors';
import { KeysModel, type KeysClient } from '../keys';

function keysOver(part: Partial<KeysClient> = {}) {
  const saved = new Map<string, string>();
  const list = (): { keys: IServiceKey[] } => ({
    keys: [
      {
        name: 'figshare',
        title: 'figshare',
        help_url: 'https://figshare.com',
        has_user: false,
        ...(saved.has('figshare') && { source: 'file' as const })
      }
    ]
  });
  const client: KeysClient = {
    listKeys: async () => list(),
    saveKey: async (name, key) => {
      saved.set(name, key);
      return list();
    },
    deleteKey: async name => {
      saved.delete(name);
      return list();
    },
    ...part
  };
  return { keys: new KeysModel(client), saved };
}

describe('KeysModel', () => {
  it('saves and removes keys, and shows what there is then', async () => {
    const { keys, saved } = keysOver();
    const changed = jest.fn();
    keys.stateChanged.connect(changed);
    expect(await keys.save('figshare', 's3cret')).toBe(true);
    expect(saved.get('figshare')).toBe('s3cret');
    expect(keys.list.value?.[0]?.source).toBe('file');
    expect(await keys.remove('figshare')).toBe(true);
    expect(keys.list.value?.[0]?.source).toBeUndefined();
    expect(changed).toHaveBeenCalled();
  });

  it('keeps the reason why one was refused until one is saved', async () => {
    const refused = new CatalogError('invalid_record', 'That is no key.');
    const saveKey = jest.fn<
      Promise<{ keys: IServiceKey[] }>,
      [string, string]
    >();
    const { keys } = keysOver({ saveKey });
    saveKey.mockRejectedValueOnce(refused);
    expect(await keys.save('figshare', 'a b')).toBe(false);
    expect(keys.saveError).toBe(refused);
    saveKey.mockResolvedValueOnce({ keys: [] });
    expect(await keys.save('figshare', 's3cret')).toBe(true);
    expect(keys.saveError).toBeNull();
  });
});
