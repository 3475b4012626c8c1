import type { JupyterFrontEnd } from '@jupyterlab/application';
import type { ICommandPalette } from '@jupyterlab/apputils';
import { CommandRegistry } from '@lumino/commands';

import {
  draftAnswer,
  locationAnswer,
  sessionAnswer
} from '../../api/__tests__/answers';
import { CommandIDs } from '../../commands';
import { workbenchOver } from '../../models/__tests__/workbenchOver';
import type { IDraftContent } from '../../types/api';
import { CatalogPanel } from '../CatalogPanel';
import { panelCommandsPlugin } from '../panelCommands';
// What the commands import lazily is loaded already.
import '../../widgets/main';

async function commandsOver() {
  const createDraft = jest.fn(async (content: Partial<IDraftContent>) =>
    draftAnswer(content)
  );
  const getSession = jest.fn(async () => sessionAnswer());
  const { workbench } = workbenchOver({
    createDraft,
    getSession,
    locate: async () =>
      locationAnswer({ data_path: '/data/iris', name_proposal: 'iris' })
  });
  const panel = new CatalogPanel('Catalog', async () => workbench, jest.fn());
  const activateById = jest.fn();
  const app = {
    commands: new CommandRegistry(),
    shell: { activateById }
  } as unknown as JupyterFrontEnd;
  const addItem = jest.fn();
  const palette = { addItem } as unknown as ICommandPalette;
  await panelCommandsPlugin.activate(app, panel, null, palette);
  return {
    commands: app.commands,
    workbench,
    panel,
    createDraft,
    getSession,
    activateById,
    addItem
  };
}

describe('the commands of the panel', () => {
  it('show it, and its drafts', async () => {
    const { commands, panel, workbench, activateById } = await commandsOver();
    await commands.execute(CommandIDs.show);
    expect(activateById).toHaveBeenCalledWith(panel.id);
    await commands.execute(CommandIDs.showDrafts);
    expect(workbench.navigation.view).toEqual({ kind: 'drafts' });
  });

  it('create a draft, with or without a folder', async () => {
    const { commands, createDraft } = await commandsOver();
    await commands.execute(CommandIDs.create);
    await commands.execute(CommandIDs.create, { contents_path: 'iris' });
    expect(createDraft.mock.calls).toEqual([
      [{}],
      [{ title: 'iris', values: { data_path: '/data/iris', name: 'iris' } }]
    ]);
  });

  it('refresh everything, the Hub too', async () => {
    const { commands, workbench, getSession } = await commandsOver();
    await commands.execute(CommandIDs.refresh);
    expect(getSession).toHaveBeenLastCalledWith(true);
    expect(workbench.search.answer).not.toBeNull();
    workbench.search.dispose();
  });

  it('are in the palette if they make sense there', async () => {
    const { addItem } = await commandsOver();
    expect(addItem.mock.calls.map(([{ command }]) => command)).toEqual([
      CommandIDs.show,
      CommandIDs.create,
      CommandIDs.showDrafts
    ]);
  });
});
