import { entryAnswer, hubDatasetAnswer } from '../../api/__tests__/answers';
import { workbenchOver } from '../../models/__tests__/workbenchOver';
import { CatalogError } from '../../types/errors';
import {
  followLink,
  goBack,
  restoreView,
  showAccount,
  showDataset,
  showDrafts,
  showJob,
  showListOf
} from '../views';

const settled = () => new Promise(resolve => setTimeout(resolve));

describe('showDataset', () => {
  it('loads and shows a dataset, and opens the sidebar', async () => {
    const getEntry = jest.fn(async () => entryAnswer());
    const { workbench, services } = workbenchOver({ getEntry });
    showDataset(workbench, 'iris');
    expect(workbench.navigation.view).toEqual({ kind: 'entry', name: 'iris' });
    expect(services.reveal).toHaveBeenCalledTimes(1);
    await settled();
    expect(getEntry).toHaveBeenCalledWith('iris');
  });

  it('shows the Hub for a repository', async () => {
    const getHubDataset = jest.fn(async () => hubDatasetAnswer());
    const { workbench } = workbenchOver({ getHubDataset });
    showDataset(workbench, 'NERSC/tides');
    expect(workbench.navigation.view).toEqual({
      kind: 'hub',
      repo_id: 'NERSC/tides'
    });
    await settled();
    expect(getHubDataset).toHaveBeenCalledWith('tides');
  });
});

describe('followLink', () => {
  it('finds a repository that has been added to the catalog since', async () => {
    const { workbench } = workbenchOver({
      getEntry: async () =>
        entryAnswer({ record: { name: 'iris', repo_id: 'NERSC/iris' } })
    });
    await followLink(workbench, 'NERSC/iris');
    expect(workbench.navigation.view).toEqual({ kind: 'entry', name: 'iris' });
  });

  it('shows the Hub if the catalog has another dataset of that name', async () => {
    const { workbench } = workbenchOver({
      getHubDataset: async () => hubDatasetAnswer()
    });
    await followLink(workbench, 'NERSC/iris');
    expect(workbench.navigation.view).toEqual({
      kind: 'hub',
      repo_id: 'NERSC/iris'
    });
  });
});

describe('the other views', () => {
  it('are shown in the sidebar', () => {
    const { workbench, services } = workbenchOver();
    showDrafts(workbench);
    expect(workbench.navigation.view).toEqual({ kind: 'drafts' });
    showAccount(workbench);
    expect(workbench.navigation.view).toEqual({ kind: 'account' });
    showJob(workbench, 'j1');
    expect(workbench.navigation.view).toEqual({ kind: 'job', id: 'j1' });
    expect(services.reveal).toHaveBeenCalledTimes(3);
  });

  it('lead back to the one before, which is loaded again', async () => {
    const getEntry = jest.fn(async () => entryAnswer());
    const { workbench } = workbenchOver({ getEntry });
    showDataset(workbench, 'iris');
    showAccount(workbench);
    await settled();
    goBack(workbench);
    await settled();
    expect(workbench.navigation.view).toEqual({ kind: 'entry', name: 'iris' });
    expect(getEntry).toHaveBeenCalledTimes(2);
  });

  it('include the list of a search, without its old filters', () => {
    const { workbench } = workbenchOver();
    workbench.search.query = 'q=old&format=hdf5&sort=name';
    showAccount(workbench);
    showListOf(workbench, 'halo');
    expect(workbench.navigation.view).toEqual({ kind: 'browse' });
    expect(workbench.search.query).toBe('q=halo');
  });
});

describe('restoreView', () => {
  it('shows the last view, unless its draft no longer exists', async () => {
    const { workbench, services } = workbenchOver({
      getDraft: () => Promise.reject(new CatalogError('not_found', 'Gone.'))
    });
    await restoreView(workbench, { kind: 'draft', id: 'gone' });
    expect(workbench.navigation.view.kind).toBe('browse');
    await restoreView(workbench, { kind: 'entry', name: 'iris' });
    expect(workbench.navigation.view.kind).toBe('entry');
    expect(services.reveal).not.toHaveBeenCalled();
  });
});
