import type { JupyterFrontEndPlugin } from '@jupyterlab/application';

import { catalogIcon } from './icons';
import { addressPlugin } from './plugins/address';
import { datasetCommandsPlugin } from './plugins/datasetCommands';
import { datasetLinksPlugin } from './plugins/datasetLinks';
import { fileBrowserPlugin } from './plugins/fileBrowser';
import { guidePlugin } from './plugins/guide';
import { launcherPlugin } from './plugins/launcher';
import { notebookCopiesPlugin } from './plugins/notebookCopies';
import { panelPlugin } from './plugins/panel';
import { panelCommandsPlugin } from './plugins/panelCommands';
import { searchLinksPlugin } from './plugins/searchLinks';
import { sessionPlugin } from './plugins/session';
import { tabsPlugin } from './plugins/tabs';
import { ICatalogSession } from './tokens';

const plugins = [
  sessionPlugin,
  addressPlugin,
  panelPlugin,
  searchLinksPlugin,
  datasetLinksPlugin,
  notebookCopiesPlugin,
  panelCommandsPlugin,
  launcherPlugin,
  datasetCommandsPlugin,
  fileBrowserPlugin,
  tabsPlugin,
  guidePlugin
] as JupyterFrontEndPlugin<unknown>[];

export { catalogIcon, ICatalogSession };
export default plugins;
