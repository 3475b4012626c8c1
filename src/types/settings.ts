/**
 * The user's settings; `schema/plugin.json` says what each means.
 */
export interface IPanelSettings {
  startView: 'datasets' | 'drafts';
  formPlace: 'main' | 'sidebar';
  notebookFolder: string;
  confirmPublish: boolean;
  confirmRetire: boolean;
  columns: readonly Column[];
}

/**
 * What the list can show of a dataset besides its title.
 */
export type Column = 'name' | 'size' | 'formats' | 'license' | 'updated';
