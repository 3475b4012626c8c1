import type { JupyterFrontEnd } from '@jupyterlab/application';
import { Notification } from '@jupyterlab/apputils';
import { ServerConnection } from '@jupyterlab/services';
import { CommandRegistry } from '@lumino/commands';
import { act } from '@testing-library/react';

import { workbenchOver } from '../../models/__tests__/workbenchOver';
import * as main from '../../widgets/main';
import { panelPlugin } from '../panel';

async function activate() {
  const { services } = workbenchOver();
  const add = jest.fn();
  const app = {
    commands: new CommandRegistry(),
    serviceManager: {
      contents: services.contents,
      kernelspecs: services.kernelspecs,
      serverSettings: ServerConnection.makeSettings()
    },
    shell: { add, activateById: jest.fn() }
  } as unknown as JupyterFrontEnd;
  const none = Array<null>(11).fill(null);
  const panel = await panelPlugin.activate(app, services.session, ...none);
  return { add, panel };
}

afterEach(() => {
  Notification.dismiss();
  jest.restoreAllMocks();
});

describe('the plugin for the panel', () => {
  it('adds an empty panel, whose content is loaded later', async () => {
    const { add, panel } = await activate();
    expect(add.mock.calls[0]?.slice(0, 2)).toEqual([panel, 'left']);
    const empty = panel.widgets.length;
    const workbench = await panel.load();
    expect(panel.widgets).toHaveLength(empty + 1);
    expect(workbench.services.openTab).toBeNull();
    act(() => panel.dispose());
  });

  it('can be opened again if its content could not be loaded', async () => {
    const { panel } = await activate();
    jest.spyOn(main, 'startWorkbench').mockImplementation(() => {
      throw new Error('No file.');
    });
    await expect(panel.load()).rejects.toThrow('No file.');
    expect(panel.loaded).toBeNull();
  });
});
