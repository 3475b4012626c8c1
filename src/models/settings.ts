import type { ISettingRegistry } from '@jupyterlab/settingregistry';

import type { IPanelSettings } from '../types/settings';

/**
 * The settings as they are now, or the schema's defaults where there are none.
 */
export function readSettings(
  settings: ISettingRegistry.ISettings | null
): IPanelSettings {
  const get = <T>(key: string, fallback: T): T =>
    (settings?.get(key).composite as T | undefined) ?? fallback;
  return {
    startView: get('startView', 'datasets'),
    formPlace: get('formPlace', 'main'),
    notebookFolder: get('notebookFolder', 'dataset-notebooks'),
    confirmPublish: get('confirmPublish', true),
    confirmRetire: get('confirmRetire', true),
    columns: get('columns', ['size', 'formats'])
  };
}
