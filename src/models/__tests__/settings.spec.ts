import type { ISettingRegistry } from '@jupyterlab/settingregistry';

import type { IPanelSettings } from '../../types/settings';
import { readSettings } from '../settings';

const { properties } = jest.requireActual<{
  properties: Record<string, { default: unknown }>;
}>('../../../schema/plugin.json');

describe('readSettings', () => {
  it('has the defaults of the schema without settings', () => {
    const settings = readSettings(null);
    for (const name of Object.keys(settings)) {
      const value = settings[name as keyof IPanelSettings];
      expect([name, value]).toEqual([name, properties[name]?.default]);
    }
  });

  it('reads what is set', () => {
    const set: Record<string, unknown> = { columns: [], confirmRetire: false };
    const settings = {
      get: (name: string) => ({ composite: set[name], user: set[name] })
    } as unknown as ISettingRegistry.ISettings;
    const { columns, confirmPublish, confirmRetire } = readSettings(settings);
    expect([columns, confirmPublish, confirmRetire]).toEqual([[], true, false]);
  });
});
