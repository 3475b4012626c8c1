import type { JupyterFrontEnd } from '@jupyterlab/application';
import type { IFileBrowserFactory } from '@jupyterlab/filebrowser';
import type { Contents } from '@jupyterlab/services';
import { CommandRegistry } from '@lumino/commands';

import { draftAnswer } from '../../api/__tests__/answers';
import { CommandIDs } from '../../commands';
import { workbenchOver } from '../../models/__tests__/workbenchOver';
import type { IDraftContent } from '../../types/api';
import { CatalogPanel } from '../CatalogPanel';
import { fileBrowserPlugin } from '../fileBrowser';
// What the commands import lazily is loaded already.
import '../../widgets/main';

const { createFromBrowser, useAsLoader, useAsBatchScript } = CommandIDs;

const itemAt = (path: string, type = 'file') =>
  ({ path, type }) as Contents.IModel;

async function commandsWith(...selected: Contents.IModel[]) {
  const createDraft = jest.fn(async (content: Partial<IDraftContent>) =>
    draftAnswer(content)
  );
  const { workbench, services } = workbenchOver({ createDraft });
  const panel = new CatalogPanel('Catalog', async () => workbench, jest.fn());
  const app = {
    commands: new CommandRegistry(),
    serviceManager: { contents: services.contents }
  } as unknown as JupyterFrontEnd;
  const browsers = {
    tracker: { currentWidget: { selectedItems: () => selected.values() } }
  } as unknown as IFileBrowserFactory;
  await fileBrowserPlugin.activate(app, panel, browsers, null);
  const { commands } = app;
  const visible = [createFromBrowser, useAsLoader, useAsBatchScript].filter(
    id => commands.isVisible(id)
  );
  return { commands, createDraft, panel, visible };
}

describe('the commands of the file browser', () => {
  it.each([
    [[itemAt('iris', 'directory')], [createFromBrowser]],
    [[itemAt('iris.csv')], [createFromBrowser]],
    [[itemAt('load.py')], [useAsLoader]],
    [[itemAt('run.sh')], [useAsBatchScript]],
    [[itemAt('a.ipynb')], []],
    [[itemAt('a.csv'), itemAt('b.csv')], []],
    [[], []]
  ])('for %j are %j', async (selected, expected) => {
    expect((await commandsWith(...selected)).visible).toEqual(expected);
  });

  it('use a script, by its path on the server', async () => {
    const { commands, createDraft } = await commandsWith(
      itemAt('RTC:code/load.py')
    );
    await commands.execute(useAsLoader);
    expect(createDraft).toHaveBeenCalledWith({
      loader_path: 'code/load.py',
      values: {}
    });
  });
});
