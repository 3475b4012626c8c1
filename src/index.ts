import type { JupyterFrontEndPlugin } from '@jupyterlab/application';

import { catalogIcon } from './icons';
import { addressesPlugin } from './plugins/address';
import { copiesPlugin } from './plugins/notebookCopies';
import { datasetsPlugin } from './plugins/datasetCommands';
import { fileBrowserPlugin } from './plugins/fileBrowser';
import { linksPlugin } from './plugins/datasetLinks';
import { panelPlugin } from './plugins/panel';
import { searchesPlugin } from './plugins/searchLinks';
import { sessionPlugin } from './plugins/session';
import { tabsPlugin } from './plugins/tabs';
import { launcherPlugin, waysPlugin } from './plugins/panelCommands';
import { ICatalogSession } from './tokens';

const plugins = [
  sessionPlugin,
  addressesPlugin,
  panelPlugin,
  searchesPlugin,
  linksPlugin,
  copiesPlugin,
  waysPlugin,
  launcherPlugin,
  datasetsPlugin,
  fileBrowserPlugin,
  tabsPlugin
] as JupyterFrontEndPlugin<unknown>[];

export { catalogIcon, ICatalogSession };
export default plugins;
