import type { JupyterFrontEnd } from '@jupyterlab/application';
import { Widget } from '@lumino/widgets';

import { restoreView } from '../../actions/views';
import { workbenchOver } from '../../models/__tests__/workbenchOver';
// What the plugin imports lazily is loaded already.
import '../../widgets/main';
import { CatalogPanel } from '../CatalogPanel';
import { datasetLinksPlugin } from '../datasetLinks';
import { PageAddress } from '../PageAddress';
import { searchLinksPlugin } from '../searchLinks';

/**
 * The plugins for the address in a page that was opened at one, with the panel in a sidebar that is
 * open, at the dataset that was shown when the page was left.
 */
async function openAt(address: string) {
  window.history.pushState({}, '', address);
  const { workbench } = workbenchOver();
  const load = async () => {
    await restoreView(workbench, { kind: 'entry', name: 'iris' });
    return workbench;
  };
  const panel = new CatalogPanel('Catalog', load, jest.fn());
  const app = { restored: Promise.resolve() } as unknown as JupyterFrontEnd;
  const pageAddress = new PageAddress();
  await datasetLinksPlugin.activate(app, panel, pageAddress);
  await searchLinksPlugin.activate(app, panel, pageAddress);
  Widget.attach(panel, document.body);
  await settled();
  const here = (): string => decodeURIComponent(window.location.search);
  return { workbench, here };
}

/**
 * Wait for what was started and not awaited, such as writing the address.
 */
const settled = () => jest.advanceTimersByTimeAsync(1000);

beforeEach(() => jest.useFakeTimers());

afterEach(() => jest.useRealTimers());

describe('the plugin for searches', () => {
  it('leads to the list, whatever was shown when the page was left', async () => {
    const { workbench, here } = await openAt('/lab?datasets=q%3Dhalo');
    expect(workbench.navigation.view).toEqual({ kind: 'browse' });
    expect(workbench.search.query).toBe('q=halo');
    expect(here()).toBe('?datasets=q=halo');
  });

  it('leaves the dataset in front that the address names, too', async () => {
    const { workbench, here } = await openAt(
      '/lab?datasets=q%3Dhalo&dataset=wine'
    );
    expect(workbench.navigation.view).toEqual({ kind: 'entry', name: 'wine' });
    expect(workbench.search.query).toBe('q=halo');
    expect(here()).toBe('?datasets=q=halo&dataset=wine');
  });

  it('restores the last view without a search', async () => {
    const { workbench, here } = await openAt('/lab');
    expect(workbench.navigation.view).toEqual({ kind: 'entry', name: 'iris' });
    expect(here()).toBe('?dataset=iris');
  });
});
