import { Widget } from '@lumino/widgets';

import { workbenchOver } from '../../models/__tests__/workbenchOver';
import type { Workbench } from '../../models/workbench';
import { CatalogPanel } from '../CatalogPanel';

/**
 * A panel, and what its owner was asked for.
 */
function panelOver(load: () => Promise<Workbench>) {
  const onShown = jest.fn();
  const loader = jest.fn(load);
  const panel = new CatalogPanel('Catalog', loader, onShown);
  return { panel, loader, onShown };
}

const settled = () => new Promise(resolve => setTimeout(resolve));

describe('CatalogPanel', () => {
  it('loads once, when it is first shown', async () => {
    const { workbench } = workbenchOver();
    const { panel, loader, onShown } = panelOver(async () => workbench);
    panel.hide();
    Widget.attach(panel, document.body);
    expect(loader).not.toHaveBeenCalled();
    panel.show();
    await settled();
    expect(panel.loaded).toBe(workbench);
    panel.hide();
    panel.show();
    await settled();
    expect(loader).toHaveBeenCalledTimes(1);
    expect(onShown).toHaveBeenCalledTimes(2);
    panel.dispose();
  });

  it('is shown in a sidebar that is already open', async () => {
    const { workbench } = workbenchOver();
    const { panel, onShown } = panelOver(async () => workbench);
    Widget.attach(panel, document.body);
    await settled();
    expect(onShown).toHaveBeenCalledWith(workbench);
    panel.dispose();
  });

  it('tries again after it could not be loaded', async () => {
    const { workbench } = workbenchOver();
    let isBroken = true;
    const { panel, onShown } = panelOver(async () => {
      if (isBroken) {
        throw new Error('No file.');
      }
      return workbench;
    });
    await expect(panel.load()).rejects.toThrow('No file.');
    expect(panel.loaded).toBeNull();
    isBroken = false;
    expect(await panel.load()).toBe(workbench);
    expect(onShown).not.toHaveBeenCalled();
  });

  it('tells when it is loaded, shown and hidden', async () => {
    const { workbench } = workbenchOver();
    const { panel } = panelOver(async () => workbench);
    const states: string[] = [];
    panel.stateChanged.connect(() => {
      states.push(`${panel.isVisible} ${panel.loaded !== null}`);
    });
    panel.hide();
    Widget.attach(panel, document.body);
    panel.show();
    await settled();
    panel.hide();
    expect(states).toEqual(['true false', 'true true', 'false true']);
    panel.dispose();
  });

  it('takes the focus when it is activated, unless it has it', async () => {
    const { workbench } = workbenchOver();
    const { panel } = panelOver(async () => workbench);
    Widget.attach(panel, document.body);
    const input = document.createElement('input');
    panel.node.append(input);
    input.focus();
    panel.activate();
    await settled();
    expect(document.activeElement).toBe(input);
    input.blur();
    panel.activate();
    await settled();
    expect(document.activeElement).toBe(panel.node);
    panel.dispose();
  });
});
