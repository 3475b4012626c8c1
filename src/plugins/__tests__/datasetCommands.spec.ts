import type { JupyterFrontEnd } from '@jupyterlab/application';
import { Clipboard } from '@jupyterlab/apputils';
import type { INotebookTracker } from '@jupyterlab/notebook';
import { CommandRegistry } from '@lumino/commands';

import {
  datasetAnswer,
  draftAnswer,
  pageAnswer
} from '../../api/__tests__/answers';
import { CommandIDs } from '../../commands';
import { workbenchOver } from '../../models/__tests__/workbenchOver';
import type { IDatasetSummary } from '../../types/api';
import { CatalogPanel } from '../CatalogPanel';
import { datasetCommandsPlugin } from '../datasetCommands';
// What the commands import lazily is loaded already.
import '../../widgets/main';

/**
 * The commands in an application whose list has these datasets, with the context menu of the first.
 */
async function commandsFor(...datasets: IDatasetSummary[]) {
  const { workbench } = workbenchOver({
    searchDatasets: async () => pageAnswer(datasets),
    editRecord: async () => draftAnswer(),
    adoptHubDataset: async () => draftAnswer({}, { id: 'adopted' })
  });
  await workbench.search.refresh();
  const panel = new CatalogPanel('Catalog', async () => workbench, jest.fn());
  await panel.load();
  const row = document.createElement('div');
  panel.node.append(row);
  const app = {
    commands: new CommandRegistry(),
    contextMenuHitTest: (fn: (node: HTMLElement) => boolean) =>
      fn(row) ? row : undefined
  } as unknown as JupyterFrontEnd;
  const notebooks = { currentWidget: null } as unknown as INotebookTracker;
  await datasetCommandsPlugin.activate(app, panel, null, notebooks);
  const showRow = ({ id, source }: IDatasetSummary): void => {
    delete row.dataset['hnlName'];
    row.dataset[source === 'hub' ? 'hnlRepo' : 'hnlName'] = id;
  };
  showRow(datasets[0]!);
  row.dispatchEvent(new MouseEvent('contextmenu', { bubbles: true }));
  workbench.search.dispose();
  const { commands } = app;
  const visible = () =>
    Object.values(CommandIDs).filter(
      id => commands.hasCommand(id) && commands.isVisible(id)
    );
  return { commands, panel, workbench, showRow, visible };
}

const { inspect, adopt, edit, retire, copyPath, openOnHub } = CommandIDs;

describe('the commands of a dataset', () => {
  it('are those that it has', async () => {
    const plain = await commandsFor(datasetAnswer());
    expect(plain.visible()).not.toContain(copyPath);
    expect(plain.visible()).not.toContain(openOnHub);
    const full = await commandsFor(
      datasetAnswer({
        data_path: '/data/iris',
        repo_url: 'https://hub.example/iris'
      })
    );
    expect(full.visible()).toContain(copyPath);
    expect(full.visible()).toContain(openOnHub);
    const broken = await commandsFor(datasetAnswer({ broken: 'No JSON.' }));
    expect(broken.visible()).toEqual([inspect, retire]);
  });

  it('are disabled if it is read-only, and say why', async () => {
    const { commands } = await commandsFor(
      datasetAnswer({ read_only: 'A newer version wrote it.' })
    );
    for (const id of [edit, retire]) {
      expect(commands.isEnabled(id)).toBe(false);
      expect(commands.caption(id)).toBe('A newer version wrote it.');
    }
  });

  it('adopt one that is only on the Hub', async () => {
    const { commands, visible, workbench } = await commandsFor(
      datasetAnswer({ id: 'NERSC/tides', source: 'hub' })
    );
    expect(visible()).toEqual([inspect, adopt]);
    await commands.execute(adopt);
    expect(workbench.navigation.view).toEqual({ kind: 'draft', id: 'adopted' });
  });

  it('are for the dataset of the menu, whatever its row shows since', async () => {
    const iris = datasetAnswer({ data_path: '/data/iris' });
    const wine = datasetAnswer({ id: 'wine', data_path: '/data/wine' });
    const { commands, showRow, visible, workbench } = await commandsFor(
      iris,
      wine
    );
    const before = visible();
    showRow(wine);
    // The page with the dataset is not loaded any more.
    jest.spyOn(workbench.search, 'find').mockReturnValue(null);
    expect(visible()).toEqual(before);
    const copy = jest.spyOn(Clipboard, 'copyToSystem').mockImplementation();
    await commands.execute(copyPath);
    expect(copy).toHaveBeenCalledWith('/data/iris');
    await commands.execute(inspect);
    expect(workbench.navigation.view).toEqual({ kind: 'entry', name: 'iris' });
    copy.mockRestore();
  });

  it('take a name as an argument', async () => {
    const { commands, workbench } = await commandsFor(datasetAnswer());
    await commands.execute(inspect, { name: 'wine' });
    expect(workbench.navigation.view).toEqual({ kind: 'entry', name: 'wine' });
  });
});
