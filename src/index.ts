import type { JupyterFrontEndPlugin } from '@jupyterlab/application';

import { catalogIcon } from './icons';
import { addressesPlugin } from './plugins/addresses';
import { copiesPlugin } from './plugins/copies';
import { datasetsPlugin } from './plugins/datasets';
import { fileBrowserPlugin } from './plugins/fileBrowser';
import { linksPlugin } from './plugins/links';
import { panelPlugin } from './plugins/panel';
import { searchesPlugin } from './plugins/searches';
import { sessionPlugin } from './plugins/session';
import { tabsPlugin } from './plugins/tabs';
import { launcherPlugin, waysPlugin } from './plugins/ways';
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
