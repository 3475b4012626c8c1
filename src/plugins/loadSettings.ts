import type { ISettingRegistry } from '@jupyterlab/settingregistry';

import { PLUGIN_ID } from '../commands';

/**
 * What the person has set; null where this application keeps no settings or cannot read them, so
 * that the defaults hold.
 */
export async function loadSettings(
  registry: ISettingRegistry | null
): Promise<ISettingRegistry.ISettings | null> {
  try {
    return (await registry?.load(PLUGIN_ID)) ?? null;
  } catch (reason) {
    console.warn('HuggingNERSC Lab: its settings cannot be read.', reason);
    return null;
  }
}
