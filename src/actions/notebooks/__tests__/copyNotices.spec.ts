import { Notification } from '@jupyterlab/apputils';
import { StateDB } from '@jupyterlab/statedb';
import { nullTranslator } from '@jupyterlab/translation';
import { CommandRegistry } from '@lumino/commands';

import { entryAnswer } from '../../../api/__tests__/answers';
import type { IEntry } from '../../../types/api';
import { CatalogError } from '../../../types/errors';
import { CopyNotices } from '../copyNotices';

const PATH = 'RTC:notes/iris_loader.ipynb';

function entryOf(digest?: string): IEntry {
  const path = '/catalog/iris/iris_loader.ipynb';
  return entryAnswer({
    notebook: { path, link: null, ...(digest && { digest }) }
  });
}

function noticesOver(getEntry: () => Promise<IEntry>, state = new StateDB()) {
  const commands = new CommandRegistry();
  const opened = jest.fn();
  commands.addCommand('docmanager:open', {
    execute: opened,
    describedBy: { args: null }
  });
  const copyNotebook = jest.fn(async (_: string, folder: string) => ({
    path: `${folder}/iris_loader-1.ipynb`
  }));
  const notices = new CopyNotices({
    client: { getEntry, copyNotebook },
    contents: {
      localPath: path => path.replace(/^\w+:/, ''),
      get: () => Promise.reject(new Error('There is no other copy.'))
    },
    commands,
    state,
    trans: nullTranslator.load('test')
  });
  return { notices, copyNotebook, opened, state };
}

/**
 * Wait for what was started and not awaited.
 */
const settled = () => new Promise(resolve => setTimeout(resolve));

const shown = () => Notification.manager.notifications;

function press(label: string): void {
  const [notification] = shown();
  notification?.options.actions
    ?.find(action => action.label === label)
    ?.callback(new MouseEvent('click'));
}

afterEach(() => Notification.dismiss());

describe('CopyNotices', () => {
  it('notifies once of a copy whose original has changed', async () => {
    const { notices } = noticesOver(async () => entryOf('new'));
    await notices.check(PATH, { name: 'iris', digest: 'old' });
    await notices.check(PATH, { name: 'iris', digest: 'old' });
    expect(shown().map(({ message }) => message)).toEqual([
      'The loader notebook of "iris" has changed since you copied it to iris_loader.ipynb. Your copy stays as it is.'
    ]);
  });

  it('notifies again when the original has changed once more', async () => {
    let digest = 'new';
    const { notices } = noticesOver(async () => entryOf(digest));
    await notices.check(PATH, { name: 'iris', digest: 'old' });
    digest = 'newest';
    await notices.check(PATH, { name: 'iris', digest: 'old' });
    expect(shown()).toHaveLength(2);
  });

  it.each([
    ['the same', async () => entryOf('old')],
    ['not known', async () => entryOf()],
    ['retired', () => Promise.reject(new CatalogError('not_found', 'Gone.'))],
    [
      'out of reach',
      () => Promise.reject(new CatalogError('no_connection', 'Away.'))
    ]
  ])('is silent where the original is %s', async (_, getEntry) => {
    const { notices } = noticesOver(getEntry);
    await notices.check(PATH, { name: 'iris', digest: 'old' });
    expect(shown()).toEqual([]);
  });

  it.each([undefined, 'iris', { name: 'iris' }, { name: 7, digest: 'old' }])(
    'asks nothing about a notebook with the origin %j',
    async origin => {
      const getEntry = jest.fn(async () => entryOf('new'));
      await noticesOver(getEntry).notices.check(PATH, origin);
      expect(getEntry).not.toHaveBeenCalled();
    }
  );

  it('opens the newer one beside the copy', async () => {
    const { notices, copyNotebook, opened } = noticesOver(async () =>
      entryOf('new')
    );
    await notices.check(PATH, { name: 'iris', digest: 'old' });
    press('Open the new version');
    await settled();
    expect(copyNotebook).toHaveBeenCalledWith('iris', 'notes');
    expect(opened).toHaveBeenCalledWith({
      path: 'notes/iris_loader-1.ipynb'
    });
  });

  it('says why the newer one cannot be opened', async () => {
    const { notices, copyNotebook } = noticesOver(async () => entryOf('new'));
    copyNotebook.mockRejectedValueOnce(new CatalogError('storage', 'Full.'));
    await notices.check(PATH, { name: 'iris', digest: 'old' });
    press('Open the new version');
    await settled();
    expect(shown().map(({ message }) => message)).toContain('Full.');
  });

  it('is silent for good, until the original changes once more', async () => {
    const { notices, state } = noticesOver(async () => entryOf('new'));
    await notices.check(PATH, { name: 'iris', digest: 'old' });
    press("Don't show again");
    await settled();
    Notification.dismiss();

    const later = noticesOver(async () => entryOf('new'), state).notices;
    await later.check(PATH, { name: 'iris', digest: 'old' });
    expect(shown()).toEqual([]);
    const latest = noticesOver(async () => entryOf('newest'), state).notices;
    await latest.check(PATH, { name: 'iris', digest: 'old' });
    expect(shown()).toHaveLength(1);
  });
});
