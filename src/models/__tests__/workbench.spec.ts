import type { ISettingRegistry } from '@jupyterlab/settingregistry';

import { datasetAnswer, pageAnswer } from '../../api/__tests__/answers';
import { workbenchOver } from './workbenchOver';

describe('Workbench', () => {
  it('composes models that share one client', async () => {
    const { workbench } = workbenchOver({
      searchDatasets: async () => pageAnswer([datasetAnswer()])
    });
    await workbench.search.refresh();
    expect(workbench.datasets.find('iris')?.pretty_name).toBe('Iris');
    workbench.search.dispose();
  });

  it('has the settings as they are now', () => {
    let folder = 'a';
    const settings = {
      get: (key: string) => ({
        composite: key === 'notebookFolder' ? folder : undefined
      })
    } as ISettingRegistry.ISettings;
    const { workbench } = workbenchOver({}, { settings });
    expect(workbench.settings.notebookFolder).toBe('a');
    folder = 'b';
    expect(workbench.settings.notebookFolder).toBe('b');
  });
});
