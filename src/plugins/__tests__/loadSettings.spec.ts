import type { ISettingRegistry } from '@jupyterlab/settingregistry';

import { PLUGIN_ID } from '../../commands';
import { loadSettings } from '../loadSettings';

const registryOf = (load: () => Promise<unknown>) =>
  ({ load: jest.fn(load) }) as unknown as ISettingRegistry;

describe('loadSettings', () => {
  it("loads the plugin's settings", async () => {
    const settings = {};
    const registry = registryOf(async () => settings);
    expect(await loadSettings(registry)).toBe(settings);
    expect(registry.load).toHaveBeenCalledWith(PLUGIN_ID);
  });

  it('is null in an application without settings', async () => {
    expect(await loadSettings(null)).toBeNull();
  });

  it('is null if they cannot be read, which the console says', async () => {
    const warn = jest.spyOn(console, 'warn').mockImplementation();
    const registry = registryOf(() => Promise.reject(new Error('Odd.')));
    expect(await loadSettings(registry)).toBeNull();
    expect(warn).toHaveBeenCalledTimes(1);
    warn.mockRestore();
  });
});
