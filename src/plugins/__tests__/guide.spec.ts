import type { JupyterFrontEnd } from '@jupyterlab/application';
import type { ICommandPalette } from '@jupyterlab/apputils';
import { CommandRegistry } from '@lumino/commands';
import type { Widget } from '@lumino/widgets';

import { CommandIDs } from '../../commands';
import { guidePlugin } from '../guide';
// What the command imports lazily is loaded already.
import '../../guide/GuideTab';

async function commandsOver() {
  const added: Widget[] = [];
  const activateById = jest.fn();
  const addItem = jest.fn();
  const app = {
    commands: new CommandRegistry(),
    shell: { add: (widget: Widget) => added.push(widget), activateById }
  } as unknown as JupyterFrontEnd;
  const palette = { addItem } as unknown as ICommandPalette;
  await guidePlugin.activate(app, null, null, null, palette);
  const open = (page?: string): Promise<unknown> =>
    app.commands.execute(CommandIDs.openGuide, page ? { page } : {});
  return { open, added, activateById, addItem };
}

describe('the plugin of the guide', () => {
  it('opens one tab for a page, even if it is asked twice at once', async () => {
    const { open, added, activateById } = await commandsOver();
    const [first, second] = await Promise.all([open(), open()]);
    expect(added).toHaveLength(1);
    expect(second).toBe(first);
    expect(await open('user-guide')).toBe(first);
    expect(activateById).toHaveBeenCalledWith(
      'huggingnersc-lab-guide-user-guide'
    );
  });

  it('opens the user guide for a page that does not exist', async () => {
    const { open, added } = await commandsOver();
    await open('reference/search');
    await open('../../secret');
    expect(added.map(({ title }) => title.label)).toEqual([
      expect.stringMatching(/search/i),
      'User guide'
    ]);
  });

  it('is in the palette', async () => {
    const { addItem } = await commandsOver();
    expect(addItem).toHaveBeenCalledWith(
      expect.objectContaining({ command: CommandIDs.openGuide })
    );
  });
});
