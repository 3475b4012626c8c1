import { summaryAnswer } from '../../api/__tests__/answers';
import type { IRecordList } from '../../api/types';
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
});
