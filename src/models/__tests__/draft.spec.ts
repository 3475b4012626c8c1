import { draftAnswer } from '../../api/__tests__/answers';
import type { IFindings, IPreview } from '../../api/types';
import { CatalogError } from '../../errors';
import { type DraftClient, DraftModel } from '../draft';

const NOTHING: IFindings = { errors: [], warnings: [] };

const PREVIEW: IPreview = {
  record: {},
  card: '# Iris',
  card_html: { html: '<h1>Iris</h1>', is_cut: false },
  notebook: {},
  cells_html: [],
  loader: null,
  batch_script: null,
  files: [],
  actions: ['Make the repository'],
  warnings: []
};

/**
 * A draft over a server that keeps what it is given, with the etags that it was asked with.
 */
function draftOver(
  part: Partial<Pick<DraftClient, 'getDraft' | 'validateDraft'>> = {}
) {
  let etag = 1;
  const client = {
    getDraft: jest.fn(async () => draftAnswer()),
    writeDraft: jest.fn<
      ReturnType<DraftClient['writeDraft']>,
      Parameters<DraftClient['writeDraft']>
    >(async (_id, content) => draftAnswer(content, { etag: String(++etag) })),
    validateDraft: jest.fn(async () => NOTHING),
    previewDraft: jest.fn(async () => PREVIEW),
    ...part
  };
  return { client, draft: new DraftModel(client, draftAnswer(), 100) };
}

describe('DraftModel', () => {
  beforeEach(() => jest.useFakeTimers());
  afterEach(() => jest.useRealTimers());

  it('saves once a moment after typing, over the state it knows', async () => {
    const { client, draft } = draftOver();
    draft.change({ values: { name: 'i' } });
    draft.change({ values: { name: 'ir' } });
    expect(draft.isDirty).toBe(true);
    expect(client.writeDraft).not.toHaveBeenCalled();
    await jest.advanceTimersByTimeAsync(150);
    expect(client.writeDraft).toHaveBeenCalledTimes(1);
    expect(client.writeDraft.mock.calls[0]?.[1].values).toEqual({ name: 'ir' });
    expect(client.writeDraft.mock.calls[0]?.[2]).toBe('1');
    expect(draft.isDirty).toBe(false);
    draft.change({ values: { name: 'iris2' } });
    await jest.advanceTimersByTimeAsync(150);
    expect(client.writeDraft.mock.calls[1]?.[2]).toBe('2');
  });

  it('does not save what did not change', async () => {
    const { client, draft } = draftOver();
    draft.change({ values: { name: 'iris' } });
    await jest.advanceTimersByTimeAsync(500);
    expect(draft.isDirty).toBe(false);
    expect(client.writeDraft).not.toHaveBeenCalled();
  });

  it('keeps what was typed when saving fails, and tries again', async () => {
    const { client, draft } = draftOver();
    client.writeDraft.mockRejectedValueOnce(
      new CatalogError('no_connection', 'Gone.')
    );
    draft.change({ values: { name: 'typed' } });
    await jest.advanceTimersByTimeAsync(150);
    expect(draft.saveError?.code).toBe('no_connection');
    expect(draft.isDirty).toBe(true);
    expect(draft.content.values).toEqual({ name: 'typed' });
    await jest.advanceTimersByTimeAsync(6000);
    expect(draft.saveError).toBeNull();
    expect(draft.isDirty).toBe(false);
  });

  it('loses nothing that is typed while it saves', async () => {
    let answer: () => void = () => undefined;
    const { client, draft } = draftOver();
    client.writeDraft.mockImplementationOnce(
      (_id, content) =>
        new Promise(resolve => {
          answer = () => resolve(draftAnswer(content, { etag: '2' }));
        })
    );
    draft.change({ title: 'one' });
    await jest.advanceTimersByTimeAsync(150);
    expect(draft.isSaving).toBe(true);
    draft.change({ title: 'two' });
    answer();
    await jest.advanceTimersByTimeAsync(300);
    expect(client.writeDraft.mock.calls.map(call => call[1].title)).toEqual([
      'one',
      'two'
    ]);
    expect(draft.isDirty).toBe(false);
  });

  describe('in a conflict', () => {
    const theirs = draftAnswer({ title: 'theirs' }, { etag: '9' });

    async function conflicting() {
      const { client, draft } = draftOver({ getDraft: async () => theirs });
      client.writeDraft.mockRejectedValueOnce(
        new CatalogError('conflict', 'It was changed.')
      );
      draft.change({ title: 'mine' });
      await jest.advanceTimersByTimeAsync(150);
      return { client, draft };
    }

    it('overwrites nothing by itself', async () => {
      const { client, draft } = await conflicting();
      expect(draft.conflict).toBe(theirs);
      draft.change({ title: 'mine too' });
      await jest.advanceTimersByTimeAsync(20000);
      expect(client.writeDraft).toHaveBeenCalledTimes(1);
      expect(draft.content.title).toBe('mine too');
    });

    it('can keep what is here', async () => {
      const { client, draft } = await conflicting();
      await draft.keepMine();
      expect(client.writeDraft.mock.calls[1]?.[1].title).toBe('mine');
      expect(client.writeDraft.mock.calls[1]?.[2]).toBe('9');
      expect(draft.conflict).toBeNull();
      expect(draft.saveError).toBeNull();
    });

    it('can take the other', async () => {
      const { client, draft } = await conflicting();
      await draft.takeTheirs();
      expect(draft.content.title).toBe('theirs');
      expect(draft.isDirty).toBe(false);
      expect(client.writeDraft).toHaveBeenCalledTimes(1);
    });
  });

  it('shows errors from the first preview on, where they belong', async () => {
    const errors = [{ pointer: '/license', code: 'required', detail: 'Say.' }];
    const { client, draft } = draftOver();
    client.previewDraft.mockRejectedValueOnce(
      new CatalogError('invalid_record', 'Not yet.', errors)
    );
    expect(draft.wasTried).toBe(false);
    expect(await draft.makePreview()).toBe(false);
    expect(draft.wasTried).toBe(true);
    expect(draft.findings.errors).toEqual(errors);
    expect(draft.previewError).toBeNull();
    expect(await draft.makePreview()).toBe(true);
    expect(draft.preview?.actions).toEqual(['Make the repository']);
    draft.change({ title: 'other' });
    expect(draft.preview).toBeNull();
  });

  it('previews what was saved, or says why it was not', async () => {
    const { client, draft } = draftOver();
    client.writeDraft.mockRejectedValueOnce(
      new CatalogError('storage', 'The disk is full.')
    );
    draft.change({ title: 'typed' });
    expect(await draft.makePreview()).toBe(false);
    expect(client.previewDraft).not.toHaveBeenCalled();
    expect(draft.previewError?.code).toBe('storage');
  });

  it('drops the answer of a check that a later one overtook', async () => {
    const answers: ((found: IFindings) => void)[] = [];
    const { draft } = draftOver({
      validateDraft: () => new Promise(resolve => answers.push(resolve))
    });
    const first = draft.validate();
    const second = draft.validate();
    const late = [{ pointer: '', code: 'late', detail: 'Late.' }];
    answers[1]?.(NOTHING);
    answers[0]?.({ errors: late, warnings: [] });
    await Promise.all([first, second]);
    expect(draft.findings).toEqual(NOTHING);
  });
});
