import type { Browser, Page } from '@playwright/test';

import { CatalogPanel } from '../support/catalogPanel';
import { LabServer } from '../support/labServer';
import { expect, test as panelTest } from '../support/test';

/**
 * A server below a longer address, as each person's is on a JupyterHub.
 */
const test = panelTest.extend<
  { visit: (path: string) => Promise<{ page: Page; panel: CatalogPanel }> },
  { hubbed: LabServer }
>({
  hubbed: [
    // eslint-disable-next-line no-empty-pattern
    async ({}, use) => {
      const server = await LabServer.create('/user/alice/');
      await use(server);
      await server.dispose();
    },
    { scope: 'worker', timeout: 60 * 1000 }
  ],
  visit: async ({ browser, hubbed }, use) => {
    const pages: Page[] = [];
    await use(async path => {
      const page = await freshPage(browser);
      pages.push(page);
      await page.addInitScript(noteSteps);
      await page.goto(`${hubbed.url}/${path}`);
      // Only what Playwright itself has is used of the page here.
      return { page, panel: new CatalogPanel(page as CatalogPanel['page']) };
    });
    await Promise.all(pages.map(page => page.context().close()));
  }
});

async function freshPage(browser: Browser): Promise<Page> {
  const context = await browser.newContext({
    permissions: ['clipboard-read', 'clipboard-write']
  });
  return context.newPage();
}

/**
 * Keep the path of the newest step of the history, which only JupyterLab makes.
 */
function noteSteps(): void {
  const { history, location } = window;
  const push = history.pushState.bind(history);
  window.steppedTo = location.pathname;
  history.pushState = (...step) => {
    push(...step);
    window.steppedTo = location.pathname;
  };
}

declare global {
  interface Window {
    steppedTo: string;
  }
}

const headingOf = (panel: CatalogPanel, name: string) =>
  panel.region.getByRole('heading', { name, exact: true }).first();

const queryOf = (page: Page): string => new URL(page.url()).search;

test.describe('a link opens the panel on its dataset', () => {
  for (const [what, path] of [
    ['the plain address', 'lab?dataset=iris'],
    ['a folder', 'lab/tree/iris?dataset=iris'],
    ['a file', 'lab/tree/iris_loader.ipynb?dataset=iris'],
    ['a workspace', 'lab/workspaces/mine?dataset=iris'],
    ['a file in a workspace', 'lab/workspaces/mine/tree/iris.ipynb?dataset=iris']
  ] as const) {
    test(what, async ({ visit }) => {
      const { page, panel } = await visit(path);
      await expect(headingOf(panel, 'Iris')).toBeVisible();
      await expect.poll(() => queryOf(page)).toBe('?dataset=iris');
    });
  }

  test('a repository that is in the catalog', async ({ visit }) => {
    const { page, panel } = await visit('lab?dataset=NERSC/iris');
    await expect(panel.button('Open loader notebook')).toBeVisible();
    await expect.poll(() => queryOf(page)).toBe('?dataset=iris');
  });
});

test('the address follows the panel, and is what is shared', async ({
  visit,
  name
}) => {
  // A workspace that nothing was kept of yet.
  const { page, panel } = await visit(`lab/workspaces/${name}`);
  await expect(panel.icon).toBeVisible();
  await page.evaluate(() => window.jupyterapp.restored);
  // A plain start leaves the sidebar as it is.
  await expect(panel.region).toBeHidden();
  expect(queryOf(page)).toBe('');

  await panel.open();
  await panel.region.getByRole('button', { name: /^Iris/ }).click();
  await expect.poll(() => queryOf(page)).toBe('?dataset=iris');

  await test.step('also while documents come and go', async () => {
    await panel.button('Open loader notebook').click();
    await expect(
      page.getByRole('main').getByRole('tab', { name: /^iris_loader/ })
    ).toBeVisible();
    await expect.poll(() => queryOf(page)).toBe('?dataset=iris');
    // JupyterLab leaves out of it what is opened while it starts in a workspace that is new.
    const steppedTo = await page.evaluate(() => window.steppedTo);
    expect(new URL(page.url()).pathname).toBe(steppedTo);
  });

  await test.step('and is whole in a link', async () => {
    await panel.button('Copy link').click();
    const link = await page.evaluate(() => navigator.clipboard.readText());
    expect(link).toMatch(/\/user\/alice\/lab\?dataset=iris$/);
    await expect(panel.region.getByText('Copied').first()).toBeVisible();
  });

  await test.step('a reload changes nothing', async () => {
    await page.reload();
    await expect(headingOf(panel, 'Iris')).toBeVisible();
    await expect.poll(() => queryOf(page)).toBe('?dataset=iris');
  });

  await test.step('the list has none', async () => {
    await panel.button('Datasets').click();
    await expect.poll(() => queryOf(page)).toBe('');
  });

  await test.step('nor has a panel that is closed', async () => {
    await panel.region.getByRole('button', { name: /^Iris/ }).click();
    await expect.poll(() => queryOf(page)).toBe('?dataset=iris');
    await panel.icon.click();
    await expect(panel.region).toBeHidden();
    await expect.poll(() => queryOf(page)).toBe('');
  });
});

test('a dataset that there is not leads back to the list', async ({
  visit
}) => {
  const { page, panel } = await visit('lab?dataset=irsi');
  const { region } = panel;
  await expect(region.getByText('There is no dataset "irsi"')).toBeVisible();
  await panel.button('Search for it').click();
  await expect(region.getByRole('searchbox')).toHaveValue('irsi');
  await expect.poll(() => queryOf(page)).not.toContain('dataset=');

  await page.goto(page.url().replace(/\/lab.*/, '/lab?dataset=NERSC/none'));
  await expect(
    region.getByText('There is no dataset "NERSC/none"')
  ).toBeVisible();
  await panel.button('Back to the list').click();
  await expect(panel.rows.first()).toBeVisible();
});

test('a link moves nothing but the panel', async ({ visit, name }) => {
  const { page, panel } = await visit(`lab/workspaces/${name}`);
  await expect(page.getByRole('tab', { name: 'Launcher' })).toBeVisible();
  await page.goto(`${page.url()}?dataset=iris`);
  await expect(headingOf(panel, 'Iris')).toBeVisible();
  await expect(page.getByRole('tab', { name: 'Launcher' })).toBeVisible();
  await expect(page.getByRole('dialog')).toHaveCount(0);
});
