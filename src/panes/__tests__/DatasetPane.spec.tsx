import { PageConfig } from '@jupyterlab/coreutils';
import { fireEvent, render, screen } from '@testing-library/react';
import React from 'react';

import {
  draftAnswer,
  entryAnswer,
  hubDatasetAnswer
} from '../../api/__tests__/answers';
import { CatalogError } from '../../types/errors';
import { datasetAddress } from '../../actions/links';
import { EntryPane } from '../DatasetPane';
import { HubPane } from '../HubPane';
import { workbenchOver } from '../../models/__tests__/workbenchOver';

const gone = () => Promise.reject(new CatalogError('not_found', 'Retired.'));

describe('EntryPane', () => {
  it('says why an entry cannot be read, and tries again', async () => {
    const getEntry = jest
      .fn(async () => entryAnswer())
      .mockRejectedValueOnce(new CatalogError('no_connection', 'Away.'));
    const { workbench } = workbenchOver({ getEntry });
    workbench.showDataset('iris');
    render(<EntryPane workbench={workbench} name="iris" />);
    expect((await screen.findByRole('alert')).textContent).toContain('Away.');
    fireEvent.click(screen.getByText('Try again'));
    expect(await screen.findByRole('heading', { name: 'Iris' })).not.toBeNull();
    expect(screen.queryByRole('alert')).toBeNull();
  });

  it('leads back to the list from a dataset that there is not', async () => {
    const { workbench } = workbenchOver({ getEntry: gone });
    workbench.showDataset('irsi');
    render(<EntryPane workbench={workbench} name="irsi" />);
    await screen.findByText('There is no dataset "irsi"');
    expect(screen.getByText('Retired.')).not.toBeNull();
    fireEvent.click(screen.getByText('Search for it'));
    expect(workbench.navigation.view.kind).toBe('browse');
    expect(workbench.search.search.q).toBe('irsi');
  });

  it('has no button for what this application cannot do', async () => {
    const { workbench } = workbenchOver({
      getEntry: async () => entryAnswer({ contents: { data: 'iris' } })
    });
    workbench.showDataset('iris');
    render(<EntryPane workbench={workbench} name="iris" />);
    expect((await screen.findByText('/data/iris')).tagName).toBe('SPAN');
    expect(screen.queryByText('Insert loader')).toBeNull();
  });

  it('shows folders in the file browser where there is one', async () => {
    const { workbench, services } = workbenchOver({
      getEntry: async () => entryAnswer({ contents: { data: 'iris' } })
    });
    const execute = jest.fn();
    services.commands.addCommand('filebrowser:go-to-path', {
      execute,
      describedBy: { args: null }
    });
    workbench.showDataset('iris');
    render(<EntryPane workbench={workbench} name="iris" />);
    fireEvent.click(await screen.findByText('/data/iris'));
    expect(execute).toHaveBeenCalledWith({ path: 'iris' });
  });

  it('asks for the citations when they are opened, and remembers that they are', async () => {
    const listCitations = jest.fn(async () => ({ citations: [] }));
    const { workbench } = workbenchOver({ listCitations });
    workbench.showDataset('iris');
    const first = render(<EntryPane workbench={workbench} name="iris" />);
    fireEvent.click(await screen.findByRole('button', { name: 'Cite' }));
    expect(await screen.findByText(/not enough known of it/)).not.toBeNull();
    first.unmount();
    render(<EntryPane workbench={workbench} name="iris" />);
    expect(screen.getByText(/not enough known of it/)).not.toBeNull();
    expect(listCitations).toHaveBeenCalledTimes(1);
  });
});

describe('HubPane', () => {
  it('shows what the Hub says, and brings it into the catalog', async () => {
    const adoptHubDataset = jest.fn(async () => draftAnswer());
    const { workbench } = workbenchOver({
      getHubDataset: async () => hubDatasetAnswer({ n_bytes: 1_230_000 }),
      adoptHubDataset
    });
    workbench.showDataset('NERSC/tides');
    render(<HubPane workbench={workbench} repoId="NERSC/tides" />);
    expect(
      await screen.findByRole('heading', { name: 'Tides' })
    ).not.toBeNull();
    expect(screen.getByText('1.23 MB')).not.toBeNull();
    fireEvent.click(screen.getByText('Adopt…'));
    await screen.findByText('Tides');
    expect(adoptHubDataset).toHaveBeenCalledWith('tides');
    expect(workbench.navigation.view).toEqual({ kind: 'draft', id: '0123' });
  });

  it('does not take the repository of another organization for it', async () => {
    const { workbench } = workbenchOver({
      getHubDataset: async () => hubDatasetAnswer()
    });
    workbench.showDataset('other/tides');
    render(<HubPane workbench={workbench} repoId="other/tides" />);
    await screen.findByText('There is no dataset "other/tides"');
    fireEvent.click(screen.getByText('Search for it'));
    expect(workbench.search.search.q).toBe('tides');
  });
});

describe('followLink', () => {
  it('finds a repository that is in the catalog by now', async () => {
    const { workbench } = workbenchOver({
      getEntry: async () =>
        entryAnswer({ record: { name: 'iris', repo_id: 'NERSC/iris' } })
    });
    await workbench.followLink('NERSC/iris');
    expect(workbench.navigation.view).toEqual({ kind: 'entry', name: 'iris' });
  });

  it('shows the Hub where the catalog has another of that name, or none', async () => {
    const { workbench } = workbenchOver({
      getHubDataset: async () => hubDatasetAnswer()
    });
    await workbench.followLink('NERSC/iris');
    expect(workbench.navigation.view).toEqual({
      kind: 'hub',
      repo_id: 'NERSC/iris'
    });
  });
});

describe('datasetAddress', () => {
  afterEach(() => PageConfig.setOption('hubPrefix', ''));

  it('is this JupyterLab, with the dataset', () => {
    expect(
      datasetAddress('NERSC/a b&c', 'https://lab.example/user/alice/')
    ).toBe('https://lab.example/user/alice/lab?dataset=NERSC/a%20b%26c');
  });

  it('is the JupyterLab of whoever follows it on a JupyterHub', () => {
    PageConfig.setOption('hubPrefix', '/hub/');
    expect(datasetAddress('iris', '/user/alice/')).toBe(
      `${window.location.origin}/hub/user-redirect/lab?dataset=iris`
    );
  });
});
