import type { JupyterFrontEnd } from '@jupyterlab/application';
import { Widget } from '@lumino/widgets';

import { pageAnswer } from '../../api/__tests__/answers';
import { workbenchOver } from '../../models/__tests__/workbenchOver';
import { CatalogPanel } from '../CatalogPanel';
import { linksPlugin } from '../datasetLinks';
import { PageAddress } from '../PageAddress';
import { searchesPlugin } from '../searchLinks';

/**
 * The plugins for the address in a page that was opened at one, with the panel in a sidebar that is
 * open, at the dataset that was shown when the page was left.
 */
async function openAt(address: string) {
  window.history.pushState({}, '', address);
  const searchDatasets = jest.fn(async () => pageAnswer());
  const { workbench } = workbenchOver({ searchDatasets });
  const panel = new CatalogPanel('Catalog', async () => {
    await workbench.restore({ kind: 'entry', name: 'iris' });
    return workbench;
  });
  const app = { restored: Promise.resolve() } as unknown as JupyterFrontEnd;
  const pageAddress = new PageAddress();
  await linksPlugin.activate(app, panel, pageAddress);
  await searchesPlugin.activate(app, panel, pageAddress);
  Widget.attach(panel, document.body);
  await settled();
  const here = (): string => decodeURIComponent(window.location.search);
  return { workbench, panel, searchDatasets, here };
}

/**
 * Wait until what was begun and not waited for is done, such as writing the address.
 */
const settled = () => jest.advanceTimersByTimeAsync(1000);

beforeEach(() => jest.useFakeTimers());

afterEach(() => jest.useRealTimers());

describe('the plugin for searches', () => {
  it('leads to the list, whatever was shown when the page was left', async () => {
    const { workbench, here } = await openAt('/lab?datasets=q%3Dhalo');
    expect(workbench.navigation.view).toEqual({ kind: 'browse' });
    expect(workbench.searchText).toBe('q=halo');
    expect(here()).toBe('?datasets=q=halo');
  });

  it('leaves the dataset in front that the address names, too', async () => {
    const { workbench, here } = await openAt(
      '/lab?datasets=q%3Dhalo&dataset=wine'
    );
    expect(workbench.navigation.view).toEqual({ kind: 'entry', name: 'wine' });
    expect(workbench.searchText).toBe('q=halo');
    expect(here()).toBe('?datasets=q=halo&dataset=wine');
  });

  it('goes on where one was without a search', async () => {
    const { workbench, here } = await openAt('/lab');
    expect(workbench.navigation.view).toEqual({ kind: 'entry', name: 'iris' });
    expect(here()).toBe('?dataset=iris');
  });
});

describe('CatalogPanel', () => {
  it('reads the catalog in a sidebar that is open when it comes', async () => {
    const { panel, searchDatasets } = await openAt('/lab');
    expect(panel.isVisible).toBe(true);
    expect(searchDatasets).toHaveBeenCalled();
  });
});
