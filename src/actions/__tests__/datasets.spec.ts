import { Clipboard } from '@jupyterlab/apputils';

import { entryAnswer } from '../../api/__tests__/answers';
import { workbenchOver } from '../../models/__tests__/workbenchOver';
import { CatalogError } from '../../types/errors';
import { copyLink, folderBrowser, saveCroissant } from '../datasets';
import * as downloads from '../downloads';

describe('copyLink', () => {
  it("copies the site's link, or else one to this JupyterLab", () => {
    const copy = jest.spyOn(Clipboard, 'copyToSystem').mockImplementation();
    const { workbench, services } = workbenchOver();
    Object.assign(services.client, {
      serverSettings: { baseUrl: '/user/alice/' }
    });
    copyLink(workbench, 'iris', { lab_link: 'https://site.example/iris' });
    copyLink(workbench, 'iris', {});
    copyLink(workbench, 'iris', null);
    expect(copy.mock.calls).toEqual([
      ['https://site.example/iris'],
      ['/user/alice/lab?dataset=iris'],
      ['/user/alice/lab?dataset=iris']
    ]);
    copy.mockRestore();
  });
});

describe('saveCroissant', () => {
  it('saves what was loaded now, and nothing after an error', async () => {
    const save = jest.spyOn(downloads, 'saveJson').mockImplementation();
    const exportCroissant = jest
      .fn(async () => ({ name: 'iris' }))
      .mockResolvedValueOnce({ name: 'iris' })
      .mockRejectedValueOnce(new CatalogError('upstream', 'Away.'));
    const { workbench } = workbenchOver({
      exportCroissant,
      getEntry: async () => entryAnswer()
    });
    const detail = workbench.details.entry('iris');
    await saveCroissant(detail);
    expect(save.mock.calls).toEqual([['croissant.json', { name: 'iris' }]]);
    await saveCroissant(detail);
    expect(save).toHaveBeenCalledTimes(1);
    save.mockRestore();
  });
});

describe('folderBrowser', () => {
  it('shows a folder in the file browser, if there is one', () => {
    const { workbench, services } = workbenchOver();
    expect(folderBrowser(workbench)).toBeUndefined();
    const execute = jest.fn();
    services.commands.addCommand('filebrowser:go-to-path', {
      execute,
      describedBy: { args: null }
    });
    folderBrowser(workbench)?.('data/iris/');
    expect(execute).toHaveBeenCalledWith({ path: 'data/iris/' });
  });
});
