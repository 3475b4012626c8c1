import { expect, type Page, test } from '@playwright/test';

import {
  expectCalm,
  expectHarmless,
  expectSecondWall
} from '../support/cardTours';
import { Rest } from '../support/rest';

test.describe.configure({ timeout: 180_000 });

const START = process.env.APPLICATION === 'notebook' ? '/tree?' : '/lab?reset&';

async function openPanel(page: Page): Promise<void> {
  await page.goto(`${START}dataset=iris`);
  const panel = page.getByRole('region', { name: 'Dataset catalog' });
  await expect(panel.getByText('Loader: load_iris.py')).toBeVisible();
}

test('nothing in a card runs, is fetched or commands JupyterLab', async ({
  page
}) => {
  await openPanel(page);
  await expectHarmless(page, new Rest(page.request));
});

test('nor would it if the server let it through', async ({ page }) => {
  await openPanel(page);
  await expectSecondWall(page, new Rest(page.request));
});

test('no card stops the page', async ({ page }) => {
  await openPanel(page);
  await expectCalm(page, new Rest(page.request));
});
