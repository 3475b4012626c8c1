import type {
  JupyterFrontEnd,
  JupyterFrontEndPlugin
} from '@jupyterlab/application';
import { ISettingRegistry } from '@jupyterlab/settingregistry';
import { ITranslator, nullTranslator } from '@jupyterlab/translation';

import { version } from '../../package.json';
import { CatalogClient } from '../api/client';
import { PLUGIN_ID } from '../commands';
import { CatalogSession } from '../models/session';
import { ICatalogSession } from '../tokens';
import { loadSettings } from './loadSettings';

/**
 * Connects the front end to the server extension.
 */
export const sessionPlugin: JupyterFrontEndPlugin<ICatalogSession> = {
  id: PLUGIN_ID,
  description: 'Connects JupyterLab to the HuggingNERSC Lab server extension.',
  autoStart: true,
  provides: ICatalogSession,
  optional: [ISettingRegistry, ITranslator],
  activate: (
    app: JupyterFrontEnd,
    settingRegistry: ISettingRegistry | null,
    translator: ITranslator | null
  ): ICatalogSession => {
    const trans = (translator ?? nullTranslator).load('huggingnersc_lab');
    const { serverSettings } = app.serviceManager;
    const client = new CatalogClient(serverSettings, trans);
    const session = new CatalogSession(client, version, trans);
    // Do not slow down JupyterLab's start.
    void app.restored.then(async () => {
      const settings = await loadSettings(settingRegistry);
      if (settings?.get('checkServer').composite !== false) {
        await session.check();
        report(session);
      }
    });
    return session;
  }
};

/**
 * Write a problem with the server extension to the console.
 */
function report(session: ICatalogSession): void {
  if (session.error) {
    console.warn(`HuggingNERSC Lab: ${session.error.detail}`);
  } else if (session.state === 'mismatch') {
    console.warn(
      `HuggingNERSC Lab: the front end has version ${version}, the server extension ` +
        `${session.serverVersion}. Install one version of huggingnersc_lab, restart Jupyter ` +
        'Server and reload this page.'
    );
  }
}
