import type { Locator } from '@playwright/test';

import { catalog } from '../support/catalogFolder';
import { expect, test } from '../support/test';

const COUNT = 24;

const CARD = Array.from({ length: 40 }, (_, day) => `Day ${day}.`).join('\n\n');

const topOf = (scrolled: Locator): Promise<number> =>
  scrolled.evaluate(({ scrollTop }) => scrollTop);

test.beforeEach(async ({ page, panel, rest, name }) => {
  const records = Array.from({ length: COUNT }, (_, number) => ({
    name: `${name}-${number}`,
    pretty_name: `Tide ${number} ${name}`,
    tags: ['tide gauges', name]
  }));
  await catalog(rest, records, CARD);
  await panel.open();
  await page.sidebar.setWidth(300);
  await panel.region.getByLabel('Search datasets').fill(name);
  await expect(
    panel.region.getByText(`${COUNT} datasets`).first()
  ).toBeVisible();
});

test('one comes back to where one was, step by step', async ({
  page,
  panel,
  name
}) => {
  const { region } = panel;
  const list = region.locator('.hnl-List');
  const article = region.locator('.hnl-Dataset');
  await panel.button('Filters').click();
  const groups = region.getByRole('region', { name: 'Filters' });
  await expect(groups).toBeVisible();
  await region.getByLabel('Search datasets').press('ArrowDown');
  for (let row = 0; row < 15; row++) {
    await page.keyboard.press('ArrowDown');
  }
  const row = region.locator('.hnl-Row-open:focus');
  const title = await row.locator('.hnl-Row-title').textContent();
  await expect.poll(() => topOf(list)).toBeGreaterThan(0);
  const listTop = await topOf(list);

  await page.keyboard.press('Enter');
  const first = region.getByRole('group', { name: title!, exact: true });
  await expect(first).toBeFocused();
  const related = region.locator('.hnl-Related button').last();
  const other = await related.textContent();
  await related.focus();
  await related.scrollIntoViewIfNeeded();
  const pageTop = await topOf(article);
  expect(pageTop).toBeGreaterThan(0);

  await page.keyboard.press('Enter');
  await expect(
    region.getByRole('group', { name: other!, exact: true })
  ).toBeFocused();
  expect(await topOf(article)).toBe(0);
  await page.keyboard.press('Tab');
  await expect(panel.button(`Back to ${title}`)).toBeFocused();

  await page.keyboard.press('Enter');
  await expect(region.getByText('Day 39.')).toBeAttached();
  await expect.poll(() => topOf(article)).toBe(pageTop);
  await expect(
    region.locator('.hnl-Related').getByRole('button', { name: other! })
  ).toBeFocused();

  await panel.button('Datasets').click();
  await expect(row.locator('.hnl-Row-title')).toHaveText(title!);
  expect(await topOf(list)).toBe(listTop);
  await expect(groups).toBeVisible();
  await expect(region.getByLabel('Search datasets')).toHaveValue(name);
});

test('a form leads back to the dataset it was begun from', async ({
  page,
  panel,
  name
}) => {
  const { region } = panel;
  const title = `Tide 1 ${name}`;
  await panel.choose(title, 'Show dataset');
  await panel.button('Edit').click();
  await expect(panel.form.field('Nickname')).toHaveValue(`${name}-1`);
  await panel.button('Account').click();
  await expect(panel.button('Check again')).toBeVisible();
  await panel.button(`Back to ${title}`).click();
  await expect(panel.form.field('Nickname')).toHaveValue(`${name}-1`);
  await panel.button(`Back to ${title}`).click();
  await expect(region.locator(`article[data-hnl-name="${name}-1"]`)).toBeVisible();
  await page.reload();
  await expect(panel.button('Datasets')).toBeVisible();
});
