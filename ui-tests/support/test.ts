import { test as galataTest } from '@jupyterlab/galata';

import { CatalogPanel } from './catalogPanel';
import { PracticeHub } from './practiceHub';
import { Rest } from './rest';

export { expect } from '@jupyterlab/galata';

/**
 * A test of the panel, with what it is laid out and looked at with.
 */
export const test = galataTest.extend<{
  /**
   * A nickname that no other test has: what is published stays on the practice Hub.
   */
  name: string;
  panel: CatalogPanel;
  rest: Rest;
  hub: PracticeHub;
}>({
  // eslint-disable-next-line no-empty-pattern
  name: async ({}, use, { title }) => {
    const words = title.toLowerCase().match(/[a-z]+/g) ?? [];
    await use(`${words.slice(0, 3).join('-')}-${Date.now().toString(36)}`);
  },
  panel: async ({ page }, use) => {
    await use(new CatalogPanel(page));
  },
  rest: async ({ request }, use) => {
    await use(new Rest(request));
  },
  hub: async ({ rest }, use) => {
    const hub = await PracticeHub.of(rest);
    await use(hub);
    await hub.mend();
  }
});
