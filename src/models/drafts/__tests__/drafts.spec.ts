import { draftAnswer } from '../../../api/__tests__/answers';
import type { IDraftSummary } from '../../../types/api';
import { CatalogError } from '../../../types/errors';
import { DraftsModel, type DraftsClient } from '../drafts';

function summary(id: string, updated_at: string): IDraftSummary {
  return { id, updated_at, etag: '1', title: id };
}

function draftsOver(part: Partial<DraftsClient> = {}) {
  const client: DraftsClient = {
    listDrafts: async () => ({
      drafts: [
        summary('old', '2026-01-01T00:00:00Z'),
        summary('new', '2026-01-02T00:00:00Z')
      ]
    }),
    createDraft: async content => draftAnswer(content),
    editRecord: async name => draftAnswer({ editing: name }),
    adoptHubDataset: async name => draftAnswer({ title: name }),
    getDraft: async id => draftAnswer({}, { id }),
    writeDraft: async (id, content) => draftAnswer(content, { id }),
    deleteDraft: async () => undefined,
    validateDraft: async () => ({ errors: [], warnings: [] }),
    previewDraft: () => Promise.reject(new Error('This was not to be asked.')),
    suggest: () => Promise.reject(new Error('This was not to be asked.')),
    ...part
  };
  return new DraftsModel(client);
}

const refused = () =>
  Promise.reject(new CatalogError('no_connection', 'Gone.'));

describe('DraftsModel', () => {
  it('lists the newest first, and keeps the list when a refresh fails', async () => {
    const listDrafts = jest.fn(async () => ({
      drafts: [
        summary('old', '2026-01-01T00:00:00Z'),
        summary('new', '2026-01-02T00:00:00Z')
      ]
    }));
    const model = draftsOver({ listDrafts });
    await model.refresh();
    listDrafts.mockImplementation(refused);
    await model.refresh();
    expect(model.drafts?.map(({ id }) => id)).toEqual(['new', 'old']);
    expect(model.listError?.code).toBe('no_connection');
  });

  it('has one model of a draft, however often it is opened', async () => {
    const getDraft = jest.fn(async (id: string) => draftAnswer({}, { id }));
    const model = draftsOver({ getDraft });
    const both = await Promise.all([model.open('a'), model.open('a')]);
    expect(both[0]).toBe(both[1]);
    expect(await model.open('a')).toBe(both[0]);
    expect(getDraft).toHaveBeenCalledTimes(2);
  });

  it('says why a draft could not be opened', async () => {
    const model = draftsOver({ getDraft: refused });
    expect(await model.open('a')).toBeNull();
    expect(model.openError?.detail).toBe('Gone.');
    expect(await model.create({})).not.toBeNull();
    expect(model.openError).toBeNull();
  });

  it('forgets a deleted draft and says so', async () => {
    const model = draftsOver();
    await model.refresh();
    await model.open('old');
    const changed = jest.fn();
    model.stateChanged.connect(changed);
    await model.remove('old');
    expect(model.find('old')).toBeNull();
    expect(model.drafts?.map(({ id }) => id)).toEqual(['new']);
    expect(changed).toHaveBeenCalled();
  });

  it('keeps a draft that could not be deleted', async () => {
    const model = draftsOver({ deleteDraft: refused });
    await model.refresh();
    const draft = await model.open('old');
    await model.remove('old');
    expect(model.find('old')).toBe(draft);
    expect(model.drafts).toHaveLength(2);
    expect(model.deleteError?.code).toBe('no_connection');
  });
});
