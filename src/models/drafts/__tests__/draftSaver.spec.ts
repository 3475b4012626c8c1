import { draftAnswer } from '../../../api/__tests__/answers';
import { CatalogError } from '../../../types/errors';
import type { DraftClient } from '../draft';
import { DraftSaver } from '../draftSaver';

/**
 * A draft on a server that keeps what it is given.
 */
function saverOver(part: Partial<Pick<DraftClient, 'getDraft'>> = {}) {
  let etag = 1;
  const client = {
    getDraft: jest.fn(async () => draftAnswer()),
    writeDraft: jest.fn<
      ReturnType<DraftClient['writeDraft']>,
      Parameters<DraftClient['writeDraft']>
    >(async (_id, content) => draftAnswer(content, { etag: String(++etag) })),
    ...part
  };
  const onSaved = jest.fn();
  const saver = new DraftSaver({
    client,
    draft: draftAnswer(),
    delay: 100,
    onChanged: jest.fn(),
    onSaved
  });
  return { client, saver, onSaved };
}

describe('DraftSaver', () => {
  beforeEach(() => jest.useFakeTimers());
  afterEach(() => jest.useRealTimers());

  it('saves once, a moment after typing, over the version that it has', async () => {
    const { client, saver } = saverOver();
    saver.change({ values: { name: 'i' } });
    saver.change({ values: { name: 'ir' } });
    expect(saver.isDirty).toBe(true);
    expect(client.writeDraft).not.toHaveBeenCalled();
    await jest.advanceTimersByTimeAsync(150);
    expect(client.writeDraft).toHaveBeenCalledTimes(1);
    expect(client.writeDraft.mock.calls[0]?.[1].values).toEqual({ name: 'ir' });
    expect(client.writeDraft.mock.calls[0]?.[2]).toBe('1');
    expect(saver.isDirty).toBe(false);
    saver.change({ values: { name: 'iris2' } });
    await jest.advanceTimersByTimeAsync(150);
    expect(client.writeDraft.mock.calls[1]?.[2]).toBe('2');
  });

  it('does not save what did not change', async () => {
    const { client, saver } = saverOver();
    saver.change({ values: { name: 'iris' } });
    await jest.advanceTimersByTimeAsync(500);
    expect(saver.isDirty).toBe(false);
    expect(client.writeDraft).not.toHaveBeenCalled();
  });

  it('keeps what was typed when saving fails, and tries again', async () => {
    const { client, saver } = saverOver();
    client.writeDraft.mockRejectedValueOnce(
      new CatalogError('no_connection', 'Gone.')
    );
    saver.change({ values: { name: 'typed' } });
    await jest.advanceTimersByTimeAsync(150);
    expect(saver.error?.code).toBe('no_connection');
    expect(saver.isDirty).toBe(true);
    expect(saver.content.values).toEqual({ name: 'typed' });
    await jest.advanceTimersByTimeAsync(6000);
    expect(saver.error).toBeNull();
    expect(saver.isDirty).toBe(false);
  });

  it('loses nothing that is typed while it saves', async () => {
    let answer: () => void = () => undefined;
    const { client, saver } = saverOver();
    client.writeDraft.mockImplementationOnce(
      (_id, content) =>
        new Promise(resolve => {
          answer = () => resolve(draftAnswer(content, { etag: '2' }));
        })
    );
    saver.change({ title: 'one' });
    await jest.advanceTimersByTimeAsync(150);
    expect(saver.isSaving).toBe(true);
    saver.change({ title: 'two' });
    answer();
    await jest.advanceTimersByTimeAsync(300);
    expect(client.writeDraft.mock.calls.map(call => call[1].title)).toEqual([
      'one',
      'two'
    ]);
    expect(saver.isDirty).toBe(false);
  });

  describe('in a conflict', () => {
    const theirs = draftAnswer({ title: 'theirs' }, { etag: '9' });

    async function conflicting() {
      const { client, saver } = saverOver({ getDraft: async () => theirs });
      client.writeDraft.mockRejectedValueOnce(
        new CatalogError('conflict', 'It was changed.')
      );
      saver.change({ title: 'mine' });
      await jest.advanceTimersByTimeAsync(150);
      return { client, saver };
    }

    it('overwrites nothing by itself', async () => {
      const { client, saver } = await conflicting();
      expect(saver.conflict).toBe(theirs);
      saver.change({ title: 'mine too' });
      await jest.advanceTimersByTimeAsync(20000);
      expect(client.writeDraft).toHaveBeenCalledTimes(1);
      expect(saver.content.title).toBe('mine too');
    });

    it('can keep what is here', async () => {
      const { client, saver } = await conflicting();
      await saver.keepMine();
      expect(client.writeDraft.mock.calls[1]?.[1].title).toBe('mine');
      expect(client.writeDraft.mock.calls[1]?.[2]).toBe('9');
      expect(saver.conflict).toBeNull();
      expect(saver.error).toBeNull();
    });

    it('can take the other', async () => {
      const { client, saver } = await conflicting();
      await saver.takeTheirs();
      expect(saver.content.title).toBe('theirs');
      expect(saver.isDirty).toBe(false);
      expect(client.writeDraft).toHaveBeenCalledTimes(1);
    });
  });

  it('says when the server has it, and does nothing once it is disposed of', async () => {
    const { client, saver, onSaved } = saverOver();
    saver.change({ title: 'one' });
    await jest.advanceTimersByTimeAsync(150);
    expect(onSaved).toHaveBeenCalledTimes(1);
    saver.change({ title: 'two' });
    saver.dispose();
    await jest.advanceTimersByTimeAsync(500);
    expect(client.writeDraft).toHaveBeenCalledTimes(1);
    expect(await saver.save()).toBe(false);
  });
});
