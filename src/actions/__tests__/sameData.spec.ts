import { nullTranslator } from '@jupyterlab/translation';

import { draftSummaryAnswer } from '../../api/__tests__/answers';
import { askAboutSameData } from '../sameData';
import { openDialog, pressInDialog } from './dialog';

const trans = nullTranslator.load('test');
const wine = { name: 'wine', title: 'Wine 2020' };

describe('askAboutSameData', () => {
  it('asks nothing where there is neither entry nor draft', async () => {
    const choice = askAboutSameData({ datasets: [], drafts: [] }, trans);
    expect(await choice).toEqual({ kind: 'new' });
  });

  it('names all there is', async () => {
    const drafts = [
      draftSummaryAnswer({ title: 'Begun' }),
      draftSummaryAnswer({ id: 'd2', title: '' })
    ];
    const choice = openDialog(() =>
      askAboutSameData({ datasets: [wine], drafts }, trans)
    );
    const text = await pressInDialog('Open the entry');
    expect(await choice).toEqual({ kind: 'entry', name: 'wine' });
    expect(text).toContain('This data is already in the catalog');
    for (const line of ['Wine 2020', 'Your draft: Begun', 'Untitled']) {
      expect(text).toContain(line);
    }
  });

  it('offers no entry where there are drafts only', async () => {
    const drafts = [draftSummaryAnswer()];
    const choice = openDialog(() =>
      askAboutSameData({ datasets: [], drafts }, trans)
    );
    const text = await pressInDialog('Open the draft');
    expect(await choice).toEqual({ kind: 'draft', id: 'd1' });
    expect(text).toContain('You already have a draft of this data');
    expect(text).not.toContain('Open the entry');
  });

  it('offers no draft where there is an entry only, and goes on if told to', async () => {
    const choice = openDialog(() =>
      askAboutSameData({ datasets: [wine], drafts: [] }, trans)
    );
    const text = await pressInDialog('Catalog it anyway');
    expect(await choice).toEqual({ kind: 'new' });
    expect(text).not.toContain('Open the draft');
  });
});
