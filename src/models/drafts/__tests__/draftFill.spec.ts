import { draftAnswer } from '../../../api/__tests__/answers';
import { suggestionsAnswer } from '../../../api/__tests__/suggestions';
import type { IDraftContent, ISuggestions } from '../../../types/api';
import { CatalogError } from '../../../types/errors';
import { DraftFill } from '../draftFill';

function fillOver(
  part: Partial<IDraftContent> = {},
  suggest = jest.fn(async (data_path: string) =>
    suggestionsAnswer({ data_path })
  )
) {
  let { content } = draftAnswer({
    title: '',
    values: { data_path: '/data/rain' },
    ...part
  });
  const fill = new DraftFill({
    client: { suggest },
    content: () => content,
    change: changed => {
      content = { ...content, ...changed };
    },
    onChanged: () => undefined
  });
  return { fill, suggest, content: () => content };
}

describe('DraftFill', () => {
  it('fills in a new draft once', async () => {
    const { fill, suggest, content } = fillOver();
    await Promise.all([fill.from('/data/rain'), fill.from('/data/rain')]);
    expect(suggest).toHaveBeenCalledTimes(1);
    expect(content().values['license']).toBe('cc-by-4.0');
    expect(fill.suggestions?.fields).toHaveLength(3);
    fill.choose('license', null);
    await fill.from('/data/rain');
    expect(content().values).not.toHaveProperty('license');
  });

  it('leaves a draft that it filled in before as it is', async () => {
    const { fill, content } = fillOver({ filled_from: '/data/rain' });
    await fill.from('/data/rain');
    expect(content().values).toEqual({ data_path: '/data/rain' });
    expect(fill.suggestions).not.toBeNull();
  });

  it.each([{ editing: 'rain' }, { adopting: 'org/rain' }])(
    'does not ask for an entry that exists: %p',
    async part => {
      const { fill, suggest } = fillOver(part);
      await fill.from('/data/rain');
      expect(suggest).not.toHaveBeenCalled();
    }
  );

  it('drops an answer that another folder has overtaken', async () => {
    const answers: ((found: ISuggestions) => void)[] = [];
    const { fill, content } = fillOver(
      {},
      jest.fn<Promise<ISuggestions>, [string]>(
        () => new Promise(found => answers.push(found))
      )
    );
    const asked = [fill.from('/data'), fill.from('/data/rain')];
    answers[1]!(suggestionsAnswer({ fields: [] }));
    answers[0]!(suggestionsAnswer({ data_path: '/data' }));
    await Promise.all(asked);
    expect(fill.suggestions?.data_path).toBe('/data/rain');
    expect(content().sources).toBeUndefined();
  });

  it('does not fill in a draft whose path has changed in the meantime', async () => {
    const { fill, content } = fillOver({ values: { data_path: '/other' } });
    await fill.from('/data/rain');
    expect(content().values).toEqual({ data_path: '/other' });
  });

  it('asks again after an error', async () => {
    const suggest = jest
      .fn()
      .mockRejectedValueOnce(new CatalogError('storage', 'It hangs.'))
      .mockResolvedValueOnce(suggestionsAnswer());
    const { fill, content } = fillOver({}, suggest);
    await fill.from('/data/rain');
    expect(fill.error?.detail).toBe('It hangs.');
    await fill.from('/data/rain');
    expect(fill.error).toBeNull();
    expect(content().filled_from).toBe('/data/rain');
  });

  it('undoes all of it', async () => {
    const { fill, content } = fillOver();
    await fill.from('/data/rain');
    fill.undo();
    expect(content()).toMatchObject({
      values: { data_path: '/data/rain' },
      loader_path: null,
      sources: {}
    });
  });
});
