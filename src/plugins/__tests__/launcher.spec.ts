import type { JupyterFrontEnd } from '@jupyterlab/application';
import type { ILauncher } from '@jupyterlab/launcher';

import { CommandIDs } from '../../commands';
import type { CatalogPanel } from '../CatalogPanel';
import { launcherPlugin } from '../launcher';

describe('the plugin for the launcher', () => {
  it('adds one card', async () => {
    const add = jest.fn();
    const launcher = { add } as unknown as ILauncher;
    await launcherPlugin.activate(
      {} as JupyterFrontEnd,
      {} as CatalogPanel,
      launcher
    );
    expect(add).toHaveBeenCalledTimes(1);
    expect(add.mock.calls[0]?.[0]).toMatchObject({
      command: CommandIDs.create,
      args: { isLauncher: true }
    });
  });
});
