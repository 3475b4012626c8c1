import {
  citationAnswer,
  datasetAnswer,
  entryAnswer,
  hubDatasetAnswer,
  versionAnswer
} from '../../api/__tests__/answers';
import { CatalogError } from '../../types/errors';
import { DetailsModel, type DetailsClient } from '../details';

function detailsOver(part: Partial<DetailsClient> = {}) {
  const answers = {
    getEntry: jest.fn(async () => entryAnswer()),
    checkAccess: jest.fn(async () => ({
      access: { iris: { status: 'readable' as const } }
    })),
    listVersions: jest.fn(async () => ({ versions: [versionAnswer()] })),
    listShares: jest.fn(async () => ({ shares: [] })),
    listCitations: jest.fn(async () => ({ citations: [citationAnswer()] })),
    listRelated: jest.fn(async () => ({
      datasets: [datasetAnswer({ id: 'sky' })]
    })),
    exportCroissant: jest.fn(async () => ({})),
    getHubDataset: jest.fn(async () => hubDatasetAnswer())
  };
  const details = new DetailsModel({ ...answers, ...part });
  return { client: answers, details };
}

const refuse = () => Promise.reject(new CatalogError('upstream', 'Gone.'));

describe('EntryDetail', () => {
  it('loads a section when it is first opened, once', async () => {
    const { client, details } = detailsOver();
    const detail = details.entry('iris');
    await detail.refresh();
    expect(client.listVersions).not.toHaveBeenCalled();
    detail.setOpen('versions', true);
    detail.setOpen('versions', false);
    detail.setOpen('versions', true);
    await detail.versions.loadOnce();
    expect(client.listVersions).toHaveBeenCalledTimes(1);
    expect(detail.versions.value).toHaveLength(1);
  });

  it('fails in one part without touching the others', async () => {
    const { details } = detailsOver({ listVersions: refuse });
    const detail = details.entry('iris');
    await detail.refresh();
    await detail.versions.load();
    await detail.citations.load();
    expect(detail.versions.error?.detail).toBe('Gone.');
    expect(detail.citations.error).toBeNull();
    expect(detail.citations.value).toHaveLength(1);
    expect(detail.entry.error).toBeNull();
  });

  it('reloads open sections if the entry has changed, and only then', async () => {
    let etag = 'a';
    const { client, details } = detailsOver();
    client.getEntry.mockImplementation(async () => entryAnswer({ etag }));
    const detail = details.entry('iris');
    detail.setOpen('citations', true);
    await detail.refresh();
    await detail.versions.load();
    const asked = client.listCitations.mock.calls.length;
    await detail.refresh();
    expect(client.listCitations).toHaveBeenCalledTimes(asked);
    etag = 'b';
    await detail.refresh();
    expect(client.listCitations).toHaveBeenCalledTimes(asked + 1);
    // Folded away: what it showed is old, and is asked for when it is opened again.
    expect(detail.versions.value).toBeNull();
    await detail.refresh(true);
    expect(client.listCitations).toHaveBeenCalledTimes(asked + 2);
  });

  it('checks the data again on request', async () => {
    const { client, details } = detailsOver();
    const detail = details.entry('iris');
    await detail.access.load();
    expect(client.checkAccess).toHaveBeenCalledWith(['iris'], true);
    expect(detail.access.value?.status).toBe('readable');
  });
});

describe('DetailsModel', () => {
  it('keeps a dataset as it was left', () => {
    const { details } = detailsOver();
    details.entry('iris').setOpen('facts', false);
    details.entry('sky');
    expect(details.entry('iris').isOpen('facts')).toBe(false);
    expect(details.entry('sky').isOpen('facts')).toBe(true);
  });

  it('drops those opened longest ago', () => {
    const { details } = detailsOver();
    const iris = details.entry('iris');
    const wine = details.entry('wine');
    for (let count = 0; count < 29; count++) {
      details.entry(`other-${count}`);
      expect(details.entry('iris')).toBe(iris);
    }
    expect(details.entry('wine')).not.toBe(wine);
  });

  it('names a repository without its organization', async () => {
    const { client, details } = detailsOver();
    await details.hub('NERSC/tides').dataset.load();
    expect(client.getHubDataset).toHaveBeenCalledWith('tides');
  });

  it('loads nothing that was not opened', async () => {
    const { client, details } = detailsOver();
    await details.refresh('iris');
    expect(client.getEntry).not.toHaveBeenCalled();
  });
});
