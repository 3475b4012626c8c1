import type { ISettingRegistry } from '@jupyterlab/settingregistry';
import { StateDB } from '@jupyterlab/statedb';

import { workbenchOver } from '../../models/__tests__/workbenchOver';
import { startWorkbench } from '../start';

const settingsOf = (values: Record<string, unknown>) =>
  ({
    get: (key: string) => ({ composite: values[key] })
  }) as ISettingRegistry.ISettings;

describe('startWorkbench', () => {
  it('begins with the view of the settings', async () => {
    const settings = settingsOf({ startView: 'drafts' });
    const { services } = workbenchOver({}, { settings });
    const { navigation } = await startWorkbench(services, null);
    expect(navigation.view).toEqual({ kind: 'drafts' });
  });

  it('goes on with the view before the page was reloaded', async () => {
    const state = new StateDB();
    const { services } = workbenchOver();
    const before = await startWorkbench(services, state);
    before.navigation.show({ kind: 'account' });
    const after = await startWorkbench(services, state);
    expect(after.navigation.view).toEqual({ kind: 'account' });
  });
});
