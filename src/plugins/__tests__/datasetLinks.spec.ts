import type { JupyterFrontEnd } from '@jupyterlab/application';
import { Widget } from '@lumino/widgets';

import { showDataset } from '../../actions/views';
import { workbenchOver } from '../../models/__tests__/workbenchOver';
// What the plugin imports lazily is loaded already.
import '../../widgets/main';
import { CatalogPanel } from '../CatalogPanel';
import { datasetLinksPlugin } from '../datasetLinks';
import { PageAddress } from '../PageAddress';

/**
 * The plugin in a page that was opened at an address.
 */
async function openAt(address: string) {
  window.history.pushState({}, '', address);
  const { workbench, services } = workbenchOver();
  const panel = new CatalogPanel('Catalog', async () => workbench, jest.fn());
  panel.hide();
  Widget.attach(panel, document.body);
  jest.spyOn(services, 'reveal').mockImplementation(() => panel.show());
  const pageAddress = new PageAddress();
  const app = { restored: Promise.resolve() } as unknown as JupyterFrontEnd;
  await datasetLinksPlugin.activate(app, panel, pageAddress);
  await settled();
  const here = (): string => window.location.search;
  return { workbench, services, panel, pageAddress, here };
}

/**
 * Wait for what was started and not awaited.
 */
const settled = () => new Promise(resolve => setTimeout(resolve));

describe('the plugin for links', () => {
  it('opens the panel on the dataset of the address', async () => {
    const { workbench, panel, here } = await openAt('/lab?dataset=iris');
    expect(workbench.navigation.view).toEqual({ kind: 'entry', name: 'iris' });
    expect(panel.isVisible).toBe(true);
    expect(here()).toBe('?dataset=iris');
  });

  it('loads and shows nothing on a plain start', async () => {
    const { panel } = await openAt('/lab');
    expect(panel.loaded).toBeNull();
    expect(panel.isVisible).toBe(false);
  });

  it('writes what is shown, and nothing while the panel is hidden', async () => {
    const { workbench, panel, here } = await openAt('/lab');
    panel.show();
    await panel.load();
    showDataset(workbench, 'iris');
    expect(here()).toBe('?dataset=iris');
    workbench.navigation.show({ kind: 'browse' });
    expect(here()).toBe('');
    showDataset(workbench, 'iris');
    panel.hide();
    expect(here()).toBe('');
    panel.show();
    expect(here()).toBe('?dataset=iris');
  });

  it('leaves the focus alone when the page is only reloaded', async () => {
    const { workbench, services, pageAddress } =
      await openAt('/lab?dataset=iris');
    expect(services.reveal).toHaveBeenCalledTimes(1);
    window.history.pushState({}, '', '/lab?dataset=wine');
    pageAddress.follow();
    await settled();
    expect(workbench.navigation.view).toEqual({ kind: 'entry', name: 'wine' });
    expect(services.reveal).toHaveBeenCalledTimes(2);
    // What is shown already is not revealed again.
    showDataset(workbench, 'iris');
    jest.mocked(services.reveal).mockClear();
    window.history.pushState({}, '', '/lab?dataset=iris&x=1');
    pageAddress.follow();
    await settled();
    expect(services.reveal).not.toHaveBeenCalled();
  });
});
