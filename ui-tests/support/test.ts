import { galata, test as galataTest } from '@jupyterlab/galata';

import { CatalogPanel } from './catalogPanel';
import { LabServer } from './labServer';
import { PracticeHub } from './practiceHub';
import { Rest } from './rest';

export { expect } from '@jupyterlab/galata';

/**
 * JupyterLab's settings for tests, with the place where the form opens.
 */
export function formIn(place: 'main' | 'sidebar'): Record<string, unknown> {
  return {
    ...galata.DEFAULT_SETTINGS,
    'huggingnersc-lab:plugin': { formPlace: place }
  };
}

interface ITestArgs {
  /**
   * A nickname that no other test has: what is published stays on the practice Hub.
   */
  name: string;
  panel: CatalogPanel;
  rest: Rest;
  hub: PracticeHub;
}

interface IWorkerArgs {
  /**
   * The first worker has the server that Playwright starts, each other one its own: whom a test
   * signs in as, or what it makes the practice Hub do wrong, is no other test's matter.
   */
  furtherServer: LabServer | null;
}

/**
 * A test of the panel, with what it is laid out and looked at with.
 */
export const test = galataTest.extend<ITestArgs, IWorkerArgs>({
  furtherServer: [
    // eslint-disable-next-line no-empty-pattern
    async ({}, use, { parallelIndex }) => {
      const server = parallelIndex === 0 ? null : await LabServer.create();
      await use(server);
      await server?.dispose();
    },
    { scope: 'worker', timeout: 60 * 1000 }
  ],
  // Most look at the form in the sidebar; those of the tab say so.
  mockSettings: async ({}, use) => {
    await use(formIn('sidebar'));
  },
  baseURL: async ({ baseURL, furtherServer }, use) => {
    await use(furtherServer?.url ?? baseURL);
  },
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
    await hub.clearFaults();
  }
});
