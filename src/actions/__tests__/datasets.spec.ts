import { Clipboard } from '@jupyterlab/apputils';

import {
  datasetAnswer,
  entryAnswer,
  jobAnswer,
  pageAnswer
} from '../../api/__tests__/answers';
import { workbenchOver } from '../../models/__tests__/workbenchOver';
import { CatalogError } from '../../types/errors';
import {
  copyLink,
  folderBrowser,
  retireDataset,
  saveCroissant
} from '../datasets';
import * as downloads from '../downloads';
import { pressInDialog } from './dialog';

describe('retireDataset', () => {
  it('asks, names the repository, and starts the job with the answer', async () => {
    const startJob = jest.fn(async () => jobAnswer({ state: 'succeeded' }));
    const { workbench } = workbenchOver({
      startJob,
      searchDatasets: async () =>
        pageAnswer([
          datasetAnswer({
            repo_id: 'NERSC/iris',
            repo_url: 'https://hub.example/iris'
          })
        ])
    });
    await workbench.search.refresh();
    const retiring = retireDataset(workbench, 'iris');
    expect(await pressInDialog('Retire', /repository NERSC\/iris/)).toContain(
      'Retire "Iris"?'
    );
    await retiring;
    expect(startJob).toHaveBeenCalledWith({
      kind: 'retire',
      name: 'iris',
      from_hub: true
    });
    workbench.search.dispose();
  });

  it('starts nothing after a no', async () => {
    const startJob = jest.fn();
    const { workbench } = workbenchOver({ startJob });
    const retiring = retireDataset(workbench, 'iris');
    await pressInDialog('Cancel');
    await retiring;
    expect(startJob).not.toHaveBeenCalled();
  });
});

describe('copyLink', () => {
  it("copies the site's link, or else one to this JupyterLab", () => {
    const copy = jest.spyOn(Clipboard, 'copyToSystem').mockImplementation();
    const { workbench, services } = workbenchOver();
    Object.assign(services.client, {
      serverSettings: { baseUrl: '/user/alice/' }
    });
    copyLink(workbench, 'iris', { lab_link: 'https://site.example/iris' });
    copyLink(workbench, 'iris', {});
    expect(copy.mock.calls).toEqual([
      ['https://site.example/iris'],
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
