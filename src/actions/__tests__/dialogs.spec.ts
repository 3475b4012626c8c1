import { nullTranslator } from '@jupyterlab/translation';

import { draftAnswer } from '../../api/__tests__/answers';
import { confirmDeleteDraft, confirmPublish, confirmRetire } from '../dialogs';
import { openDialog, pressInDialog } from './dialog';

const trans = nullTranslator.load('test');

describe('confirmDeleteDraft', () => {
  it.each([
    ['Delete', true],
    ['Cancel', false]
  ])('says after %s: %s', async (label, expected) => {
    const answer = openDialog(() => confirmDeleteDraft('Wine', trans));
    expect(await pressInDialog(label)).toContain('Delete the draft "Wine"?');
    expect(await answer).toBe(expected);
  });
});

describe('confirmPublish', () => {
  it('lists what will happen', async () => {
    const { content } = draftAnswer();
    const answer = openDialog(() =>
      confirmPublish(content, ['One.', 'Two.'], [], trans)
    );
    const text = await pressInDialog('Publish');
    expect(text).toContain('Publish this dataset?');
    expect(text).toContain('One.Two.');
    expect(await answer).toBe(true);
  });

  it('says that it is a pull request', async () => {
    const { content } = draftAnswer({ create_pr: true });
    const answer = openDialog(() => confirmPublish(content, [], [], trans));
    expect(await pressInDialog('Cancel')).toContain(
      'Open a pull request on the Hub?'
    );
    expect(await answer).toBe(false);
  });
});

describe('confirmPublish with warnings', () => {
  it('asks with them first', async () => {
    const { content } = draftAnswer();
    const answer = openDialog(() =>
      confirmPublish(content, ['One.'], ['No licence.'], trans)
    );
    const text = await pressInDialog('Publish anyway');
    expect(text).toContain('Before you publish:No licence.One.');
    expect(await answer).toBe(true);
  });
});

describe('confirmRetire', () => {
  it('leaves the repository alone by default', async () => {
    const info = { name: 'iris', repo_url: 'https://hub.example/iris' };
    const answer = openDialog(() =>
      confirmRetire('iris', { ...info, pretty_name: '' }, trans)
    );
    expect(await pressInDialog('Retire')).toContain(
      'Also delete its repository'
    );
    expect(await answer).toEqual({ from_hub: false });
  });

  it('does not offer to delete a repository that there is not', async () => {
    const answer = openDialog(() => confirmRetire('iris', null, trans));
    expect(await pressInDialog('Cancel')).not.toContain('repository');
    expect(await answer).toBeNull();
  });
});
