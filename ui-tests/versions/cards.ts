import { type Page, test } from '@playwright/test';

import {
  expectCalm,
  expectHarmless,
  expectSecondWall
} from '../support/cardTours';
import { Rest } from '../support/rest';

test.skip(
  process.env.APPLICATION === 'notebook',
  'Jupyter Notebook shows no application object that could be asked.'
);
test.describe.configure({ timeout: 180_000 });

async function openPanel(page: Page): Promise<void> {
  await page.goto('/lab?reset');
  await page.getByRole('tab', { name: 'Dataset catalog' }).click();
  await page.getByRole('region', { name: 'Dataset catalog' }).waitFor();
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
