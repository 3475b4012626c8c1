import { PageConfig } from '@jupyterlab/coreutils';

import { datasetAddress, searchAddress } from '../links';

afterEach(() => PageConfig.setOption('hubPrefix', ''));

describe('datasetAddress', () => {
  it('is this JupyterLab, with the dataset', () => {
    expect(
      datasetAddress('NERSC/a b&c', 'https://lab.example/user/alice/')
    ).toBe('https://lab.example/user/alice/lab?dataset=NERSC/a%20b%26c');
  });

  it('leads to the server of the user who follows it on a JupyterHub', () => {
    PageConfig.setOption('hubPrefix', '/hub/');
    expect(datasetAddress('iris', '/user/alice/')).toBe(
      `${window.location.origin}/hub/user-redirect/lab?dataset=iris`
    );
  });
});

describe('searchAddress', () => {
  it('is this JupyterLab, with the search', () => {
    expect(searchAddress('q=a&format=b', '/user/alice/')).toBe(
      '/user/alice/lab?datasets=q%3Da%26format%3Db'
    );
  });
});
