/**
 * The plugin that owns the settings, menus and shortcuts of `schema/plugin.json`.
 */
export const PLUGIN_ID = 'huggingnersc-lab:plugin';

/**
 * Every command of the extension.
 */
export const CommandIDs = {
  show: 'huggingnersc-lab:show',
  create: 'huggingnersc-lab:create',
  createFromBrowser: 'huggingnersc-lab:create-from-browser',
  useAsLoader: 'huggingnersc-lab:use-as-loader',
  useAsBatchScript: 'huggingnersc-lab:use-as-batch-script',
  refresh: 'huggingnersc-lab:refresh',
  showDrafts: 'huggingnersc-lab:show-drafts',
  openDraft: 'huggingnersc-lab:open-draft',
  inspect: 'huggingnersc-lab:inspect',
  adopt: 'huggingnersc-lab:adopt',
  edit: 'huggingnersc-lab:edit',
  retire: 'huggingnersc-lab:retire',
  copyPath: 'huggingnersc-lab:copy-path',
  openOnHub: 'huggingnersc-lab:open-on-hub',
  openGuide: 'huggingnersc-lab:open-guide',
  openNotebook: 'huggingnersc-lab:open-notebook',
  insertLoader: 'huggingnersc-lab:insert-loader'
} as const;
