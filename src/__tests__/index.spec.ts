import type { JupyterFrontEnd } from '@jupyterlab/application';
import { ServiceManagerMock } from '@jupyterlab/services/lib/testutils';
import { CommandRegistry } from '@lumino/commands';
import type { Token } from '@lumino/coreutils';
import { Widget } from '@lumino/widgets';

import { CommandIDs, PLUGIN_ID } from '../commands';
import plugins from '../index';

interface ISettingsSchema {
  'jupyter.lab.menus': Record<string, { command?: string; items?: [] }[]>;
  'jupyter.lab.shortcuts': { command: string }[];
  'jupyter.lab.toolbars': Record<string, { command?: string }[]>;
}

const schema = jest.requireActual<ISettingsSchema>('../../schema/plugin.json');

/**
 * Activate every plugin in an application that provides nothing but what they provide themselves.
 */
async function bareApplication() {
  const added: [widget: Widget, area: string][] = [];
  const app = {
    commands: new CommandRegistry(),
    contextMenuHitTest: () => undefined,
    // Never restored, so that no request is sent.
    restored: new Promise<void>(() => undefined),
    serviceManager: new ServiceManagerMock(),
    shell: {
      add: (widget: Widget, area: string) => added.push([widget, area]),
      activateById: jest.fn()
    }
  } as unknown as JupyterFrontEnd;
  const provided = new Map<Token<unknown>, unknown>();
  for (const { activate, optional, provides, requires } of plugins) {
    const given = [
      ...(requires ?? []).map(token => {
        expect(provided.has(token)).toBe(true);
        return provided.get(token);
      }),
      ...(optional ?? []).map(token => provided.get(token) ?? null)
    ];
    const made: unknown = await activate(app, ...given);
    if (provides) {
      provided.set(provides, made);
    }
  }
  return { app, added };
}

describe('the plugins', () => {
  it('stand on their own: each part of JupyterLab may be missing', async () => {
    const { app, added } = await bareApplication();
    expect(added.map(([{ id }, area]) => [id, area])).toEqual([
      ['huggingnersc-lab-sidebar', 'left']
    ]);
    expect(Object.values(CommandIDs).sort()).toEqual(
      app.commands.listCommands().sort()
    );
  });

  it('leave the panel empty until it is seen', async () => {
    const { added } = await bareApplication();
    const [[panel] = []] = added;
    expect(panel?.node.textContent).toBe('');
  });

  it('offer nothing about a dataset where none is meant', async () => {
    const { app } = await bareApplication();
    const { commands } = app;
    for (const id of [
      CommandIDs.edit,
      CommandIDs.retire,
      CommandIDs.copyPath
    ]) {
      expect(commands.isVisible(id)).toBe(false);
    }
    expect(commands.isVisible(CommandIDs.retire, { name: 'iris' })).toBe(true);
    expect(commands.isVisible(CommandIDs.createFromBrowser)).toBe(false);
  });

  it('each have a name and a sentence of their own', () => {
    const ids = plugins.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids).toContain(PLUGIN_ID);
    expect(plugins.every(({ description }) => description)).toBe(true);
  });
});

describe('schema/plugin.json', () => {
  it('names commands that there are', async () => {
    const { app } = await bareApplication();
    const named = JSON.stringify([
      schema['jupyter.lab.menus'],
      schema['jupyter.lab.shortcuts'],
      schema['jupyter.lab.toolbars']
    ]).match(/"command":"[^"]+"/g);
    expect(named?.length).toBeGreaterThan(10);
    for (const command of named ?? []) {
      expect(app.commands.listCommands()).toContain(command.slice(11, -1));
    }
  });
});
