import type { JupyterFrontEnd } from '@jupyterlab/application';
import { CommandRegistry } from '@lumino/commands';
import { Widget } from '@lumino/widgets';
import { act } from '@testing-library/react';

import { CommandIDs } from '../../commands';
import { workbenchOver } from '../../models/__tests__/workbenchOver';
import { CatalogError } from '../../types/errors';
import { CatalogPanel } from '../CatalogPanel';
import { tabsPlugin } from '../tabs';
// What the command imports lazily is loaded already.
import '../../widgets/main';

async function commandsOver(answers: Parameters<typeof workbenchOver>[0] = {}) {
  const { workbench } = workbenchOver({
    getSchema: async () => ({ schema: { properties: {} }, version: 1 }),
    ...answers
  });
  const panel = new CatalogPanel('Catalog', async () => workbench, jest.fn());
  const added: Widget[] = [];
  const activateById = jest.fn();
  const app = {
    commands: new CommandRegistry(),
    shell: { add: (widget: Widget) => added.push(widget), activateById }
  } as unknown as JupyterFrontEnd;
  await tabsPlugin.activate(app, panel, null, null);
  const open = (draft_id: string): Promise<unknown> =>
    app.commands.execute(CommandIDs.openDraft, { draft_id });
  return { open, added, activateById, panel };
}

describe('the plugin for tabs', () => {
  it('opens one tab for a draft, even if it is asked twice at once', async () => {
    const { open, added, activateById } = await commandsOver();
    const [first, second] = await Promise.all([open('d1'), open('d1')]);
    expect(added).toHaveLength(1);
    expect(second).toBe(first);
    expect(await open('d1')).toBe(first);
    expect(activateById).toHaveBeenCalledWith('huggingnersc-lab-draft-d1');
    act(() => added[0]?.dispose());
  });

  it('opens none for a draft that no longer exists', async () => {
    const { open, added } = await commandsOver({
      getDraft: () => Promise.reject(new CatalogError('not_found', 'Gone.'))
    });
    expect(await open('gone')).toBeNull();
    expect(added).toEqual([]);
  });
});
