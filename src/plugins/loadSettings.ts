import type { ISettingRegistry } from '@jupyterlab/settingregistry';

import { PLUGIN_ID } from '../commands';

/**
 * The user's settings; null if this application has no settings or cannot read them.
 */
export async function loadSettings(
  registry: ISettingRegistry | null
): Promise<ISettingRegistry.ISettings | null> {
  try {
    return (await registry?.load(PLUGIN_ID)) ?? null;
  } catch (reason) {
    console.warn('HuggingNERSC Lab: the settings could not be read.', reason);
    return null;
  }
}
