import { entryAnswer, summaryAnswer } from '../../api/__tests__/answers';
import type { IEntry, IRecordList } from '../../api/types';
import { CatalogError } from '../../errors';
import { CatalogModel, type RecordsClient } from '../catalog';

const LIST: IRecordList = {
  records: [summaryAnswer()],
  unfinished: [],
  catalog: { root: '/catalog', writable: true }
};

function catalogOver(part: Partial<RecordsClient> = {}): CatalogModel {
  const client: RecordsClient = {
    listRecords: async () => LIST,
    getEntry: async () => entryAnswer(),
    ...part
  };
  return new CatalogModel(client, () => true);
}

describe('CatalogModel', () => {
  it('lists the records', async () => {
    const catalog = catalogOver();
    expect(catalog.records).toBeNull();
    await catalog.refresh();
    expect(catalog.records).toEqual(LIST.records);
    expect(catalog.find('iris')?.pretty_name).toBe('Iris');
    expect(catalog.find('none')).toBeNull();
    expect(catalog.listedAt).not.toBeNull();
    catalog.dispose();
  });

  it('keeps the old list when a refresh fails', async () => {
    const listRecords = jest.fn(async () => LIST);
    const catalog = catalogOver({ listRecords });
    await catalog.refresh();
    listRecords.mockRejectedValueOnce(
      new CatalogError('no_connection', 'Gone.')
    );
    await catalog.refresh();
    expect(catalog.listError?.code).toBe('no_connection');
    expect(catalog.records).toEqual(LIST.records);
    await catalog.refresh();
    expect(catalog.listError).toBeNull();
    catalog.dispose();
  });

  it('shows the entry that was asked for last, whichever answer comes first', async () => {
    const answers = new Map<string, (entry: IEntry) => void>();
    const catalog = catalogOver({
      getEntry: name => new Promise(resolve => answers.set(name, resolve))
    });
    const first = catalog.openEntry('a');
    const second = catalog.openEntry('b');
    const b = entryAnswer({ etag: 'b' });
    answers.get('b')?.(b);
    answers.get('a')?.(entryAnswer({ etag: 'a' }));
    await Promise.all([first, second]);
    expect(catalog.entry).toBe(b);
    catalog.dispose();
  });
});
