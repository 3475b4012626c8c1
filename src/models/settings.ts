import type { ISettingRegistry } from '@jupyterlab/settingregistry';

/**
 * What a person can set; `schema/plugin.json` says what each means.
 */
export interface IPanelSettings {
  startView: 'datasets' | 'drafts';
  notebookFolder: string;
  confirmPublish: boolean;
  confirmRetire: boolean;
  columns: readonly Column[];
}

/**
 * What the list can tell of a dataset besides its title.
 */
export type Column = 'name' | 'size' | 'formats' | 'license' | 'updated';

/**
 * The settings as they are now; without any, the defaults of the schema.
 */
export function readSettings(
  settings: ISettingRegistry.ISettings | null
): IPanelSettings {
  const get = <T>(key: string, fallback: T): T =>
    (settings?.get(key).composite as T | undefined) ?? fallback;
  return {
    startView: get('startView', 'datasets'),
    notebookFolder: get('notebookFolder', ''),
    confirmPublish: get('confirmPublish', true),
    confirmRetire: get('confirmRetire', true),
    columns: get('columns', ['name', 'size', 'formats'])
  };
}
