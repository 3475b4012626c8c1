import type { JupyterFrontEnd } from '@jupyterlab/application';

import { datasetAnswer, pageAnswer } from '../../api/__tests__/answers';
import { workbenchOver } from '../../models/__tests__/workbenchOver';
import { CatalogPanel } from '../CatalogPanel';
import { MenuTarget } from '../MenuTarget';

/**
 * A panel with a row, in an application that finds the element of a context menu as JupyterLab does.
 */
async function panelWithRow() {
  const { workbench } = workbenchOver({
    searchDatasets: async () => pageAnswer([datasetAnswer()])
  });
  await workbench.search.refresh();
  const panel = new CatalogPanel('Catalog', async () => workbench, jest.fn());
  await panel.load();
  const row = document.createElement('li');
  row.dataset['hnlName'] = 'iris';
  row.append(document.createElement('button'));
  panel.node.append(row, document.createElement('p'));
  document.body.append(panel.node);
  let event: Event | null = null;
  document.addEventListener('contextmenu', opened => {
    event = opened;
  });
  const app: Pick<JupyterFrontEnd, 'contextMenuHitTest'> = {
    contextMenuHitTest: fn => {
      let node = event?.target as HTMLElement | null;
      while (node && !fn(node)) {
        node = node.parentElement;
      }
      return node ?? undefined;
    }
  };
  const menu = new MenuTarget(app, panel);
  const open = (selector: string): void => {
    panel.node
      .querySelector(selector)
      ?.dispatchEvent(new MouseEvent('contextmenu', { bubbles: true }));
  };
  return { workbench, menu, open, row };
}

afterEach(() => {
  document.body.replaceChildren();
});

describe('MenuTarget', () => {
  it('is the dataset of the row, with what is known about it', async () => {
    const { menu, open } = await panelWithRow();
    expect(menu.current).toBeNull();
    open('button');
    expect(menu.current).toMatchObject({ name: 'iris', repo_id: null });
    expect(menu.current?.info?.pretty_name).toBe('Iris');
  });

  it('stays the same when the row shows another dataset, or none', async () => {
    const { menu, open, row } = await panelWithRow();
    open('button');
    row.dataset['hnlName'] = 'wine';
    expect(menu.current?.name).toBe('iris');
    delete row.dataset['hnlName'];
    expect(menu.current?.name).toBe('iris');
    row.remove();
    expect(menu.current?.name).toBe('iris');
  });

  it('is the next dataset when the menu is opened again', async () => {
    const { menu, open, row } = await panelWithRow();
    open('button');
    delete row.dataset['hnlName'];
    row.dataset['hnlRepo'] = 'NERSC/tides';
    open('button');
    expect(menu.current).toEqual({
      name: null,
      repo_id: 'NERSC/tides',
      info: null
    });
  });

  it('is null for a menu of something else', async () => {
    const { menu, open } = await panelWithRow();
    open('button');
    open('p');
    expect(menu.current).toBeNull();
    open('button');
    document.body.dispatchEvent(
      new MouseEvent('contextmenu', { bubbles: true })
    );
    expect(menu.current).toBeNull();
  });
});
