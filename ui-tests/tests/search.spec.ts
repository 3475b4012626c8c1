import type { Locator } from '@playwright/test';

import { catalog } from '../support/catalogFolder';
import { CatalogPanel } from '../support/catalogPanel';
import { expectAccessible, expectFitting } from '../support/looks';
import { threeDatasets } from '../support/searchData';
import { expect, test } from '../support/test';

/**
 * A word that nothing else has, so that the tests do not see each other's datasets.
 */
let word: string;

test.beforeEach(async ({ rest, panel, name }) => {
  word = `q${name.split('-').pop()}`;
  await catalog(rest, threeDatasets(word));
  await panel.open();
  await expect(panel.region.locator('.hnl-List')).toBeVisible();
});

const fieldOf = (panel: CatalogPanel): Locator =>
  panel.region.getByRole('searchbox', { name: 'Search datasets' });

/**
 * Titles of the rows, from the top.
 */
async function expectRows(
  panel: CatalogPanel,
  titles: readonly string[]
): Promise<void> {
  await expect(
    panel.region
      .getByRole('list', { name: 'Datasets' })
      .locator('.hnl-Row-title')
  ).toHaveText(titles.map(title => `${title} ${word}`));
}

test('words find datasets, and are highlighted in them', async ({ panel }) => {
  const { region } = panel;
  await fieldOf(panel).fill(`${word} halos`);
  await expectRows(panel, ['Stellar halos', 'Underdense voids']);
  await expect(
    panel.dataset(`Stellar halos ${word}`).locator('.hnl-Row-title mark')
  ).toHaveText(['halos', word]);
  await expect(region.getByRole('status').last()).toHaveText('2 datasets');

  await fieldOf(panel).fill(`${word} "dark matter"`);
  await expectRows(panel, ['Stellar halos']);
  await fieldOf(panel).fill(`${word} -halos`);
  await expectRows(panel, ['Tree scans']);
  await fieldOf(panel).fill(`${word} format:csv license:cc-by-4.0`);
  await expect(region.getByText('2 datasets').first()).toBeVisible();
});

test('a letter may be wrong, and the panel says so', async ({ panel }) => {
  await fieldOf(panel).fill(`${word} stelar`);
  await expect(
    panel.region
      .getByText(
        `No exact match for “${word} stelar”. Showing 1 dataset with a similar spelling.`
      )
      .first()
  ).toBeVisible();
  await expectRows(panel, ['Stellar halos']);
  await fieldOf(panel).fill(`${word} nosuchthing`);
  await expect(
    panel.region.getByText(`No dataset matches “${word} nosuchthing”.`).first()
  ).toBeVisible();
  await panel.button('Clear the search words').click();
  await expect(fieldOf(panel)).toHaveValue('');
});

test('filters prune each other, and leave by their chips', async ({
  panel
}) => {
  const { region } = panel;
  await fieldOf(panel).fill(word);
  await expect(region.getByText('3 datasets').first()).toBeVisible();
  await panel.button('Filters').click();
  const domain = (name: RegExp): Locator =>
    region.getByRole('list', { name: 'Field of science' }).getByRole('checkbox', { name });
  const format = (name: RegExp): Locator =>
    region.getByRole('list', { name: 'Format' }).getByRole('checkbox', { name });
  await expect(format(/^CSV 2/)).toBeVisible();
  await domain(/^Cosmology 2/).check();
  await expect(format(/^CSV 1/)).toBeVisible();
  await expect(format(/^HDF5 1/)).toBeVisible();
  // Another domain would add its datasets.
  await expect(domain(/^Biology 1/)).toBeVisible();
  await format(/^CSV/).check();
  await expectRows(panel, ['Underdense voids']);
  await expect(panel.button('Filters (2)')).toBeVisible();

  await region
    .getByRole('button', { name: 'Remove Field of science: Cosmology' })
    .click();
  await expect(region.getByText('2 datasets').first()).toBeVisible();
  await fieldOf(panel).fill(`${word} stellar`);
  await expect(
    region.getByText(`No dataset matches “${word} stellar” and the filters.`).first()
  ).toBeVisible();
  await panel.button('Clear all filters').click();
  await expectRows(panel, ['Stellar halos']);
});

test('the list is sorted as one chooses', async ({ panel }) => {
  await fieldOf(panel).fill(word);
  const sort = panel.region.getByRole('combobox', { name: 'Sort by' });
  await sort.selectOption('Newest');
  await expectRows(panel, ['Tree scans', 'Underdense voids', 'Stellar halos']);
  await sort.selectOption('Title');
  await expectRows(panel, ['Stellar halos', 'Tree scans', 'Underdense voids']);
});

test('each row says whether its data can be opened', async ({ panel }) => {
  await fieldOf(panel).fill(word);
  await expect(panel.dataset(`Underdense voids ${word}`)).toContainText(
    'Moved or purged'
  );
  await expect(panel.dataset(`Tree scans ${word}`)).toContainText(
    'Not published'
  );
  await fieldOf(panel).fill('iris');
  // Only what needs an act has a badge.
  await expect(panel.dataset('Iris')).not.toContainText('You can open it');
});

test('the address has the search: it is restored, and can be shared', async ({
  page,
  panel,
  context,
  tmpPath
}) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await fieldOf(panel).fill(`${word} halos`);
  await panel.button('Filters').click();
  await panel.region.getByRole('checkbox', { name: /^HDF5/ }).check();
  const search = encodeURIComponent(`q=${word}+halos&format=hdf5`);
  await expect(page).toHaveURL(new RegExp(`datasets=${search}`));

  await test.step('while documents come and go', async () => {
    await page.contents.uploadContent('x', 'text', `${tmpPath}/a.txt`);
    await page.evaluate(async path => {
      await window.jupyterapp.commands.execute('docmanager:open', { path });
    }, `${tmpPath}/a.txt`);
    await expect(page).toHaveURL(/a\.txt/);
    await expect(page).toHaveURL(new RegExp(`a\\.txt.*datasets=${search}`));
  });

  await test.step('when the page is loaded anew', async () => {
    // The document is in front, where Galata would wait for the launcher.
    await page.evaluate(() => window.location.reload());
    await expect(fieldOf(panel)).toHaveValue(`${word} halos`);
    await expectRows(panel, ['Stellar halos']);
    await expect(panel.button('Filters (1)')).toBeVisible();
  });

  await test.step('in a page of somebody else', async () => {
    await panel.button('Filters (1)').click();
    await panel.button('Copy link to this search').click();
    const link = await page.evaluate(() => navigator.clipboard.readText());
    const other = await context.newPage();
    await other.goto(link);
    const theirs = new CatalogPanel(other as CatalogPanel['page']);
    await expect(fieldOf(theirs)).toHaveValue(`${word} halos`);
    await expectRows(theirs, ['Stellar halos']);
    await other.close();
  });

  await test.step('and leaves it with the last word', async () => {
    await panel.button('Clear the search').click();
    await panel.region.getByRole('button', { name: /^Remove Format/ }).click();
    await expect(page).not.toHaveURL(/datasets=/);
  });
});

test('the search is there after a reload behind another view, too', async ({
  page,
  panel
}) => {
  const { region } = panel;
  await fieldOf(panel).fill(`${word} stellar`);
  await expectRows(panel, ['Stellar halos']);
  await expect(page).toHaveURL(/datasets=/);
  const saved = page.waitForResponse(
    answer =>
      answer.url().includes('/lab/api/workspaces/') &&
      answer.request().method() === 'PUT' &&
      (answer.request().postData() ?? '').includes('stellar')
  );
  await panel.button('Account').click();
  await expect(panel.button('Check again')).toBeVisible();
  // The address is about datasets.
  await expect(page).not.toHaveURL(/datasets=/);
  await saved;
  await page.evaluate(() => window.location.reload());
  await expect(panel.button('Check again')).toBeVisible();
  await panel.button('Datasets').click();
  await expect(fieldOf(panel)).toHaveValue(`${word} stellar`);
  await expectRows(panel, ['Stellar halos']);
  await expect(page).toHaveURL(/datasets=/);
  await expect(region.getByText('1 dataset').first()).toBeVisible();
});

test('search, filters and list by the keyboard alone', async ({
  page,
  panel
}) => {
  const { region } = panel;
  await fieldOf(panel).focus();
  await page.keyboard.type(word);
  await expect(region.getByText('3 datasets').first()).toBeVisible();
  await page.keyboard.press('Tab');
  await expect(panel.button('Clear the search')).toBeFocused();
  await page.keyboard.press('Tab');
  await page.keyboard.press('Tab');
  await expect(panel.button('Filters')).toBeFocused();
  await page.keyboard.press('Enter');
  const cosmology = region.getByRole('checkbox', { name: /^Cosmology/ });
  await expect(cosmology).toBeVisible();
  for (let count = 0; count < 20; count++) {
    await page.keyboard.press('Tab');
    if (await cosmology.evaluate(box => box === document.activeElement)) {
      break;
    }
  }
  await page.keyboard.press('Space');
  await expect(region.getByText('2 datasets').first()).toBeVisible();
  await expect(cosmology).toBeFocused();

  await fieldOf(panel).focus();
  await page.keyboard.press('ArrowDown');
  const rows = region.getByRole('list', { name: 'Datasets' });
  await expect(rows.locator('.hnl-Row-open').first()).toBeFocused();
  await page.keyboard.press('End');
  await expect(rows.locator('.hnl-Row-open').last()).toBeFocused();
  await fieldOf(panel).focus();
  await page.keyboard.press('Escape');
  await expect(fieldOf(panel)).toHaveValue('');
});

test('nothing moves while the user types', async ({ page, panel }) => {
  await page.sidebar.setWidth(280);
  const list = panel.region.locator('.hnl-List');
  const top = async (): Promise<number> => (await list.boundingBox())!.y;
  const before = await top();
  for (const letter of word) {
    await fieldOf(panel).press(letter);
    expect(await top()).toBe(before);
  }
  // All of them are hit alike, so that any may come first.
  const titles = panel.region
    .getByRole('list', { name: 'Datasets' })
    .locator('.hnl-Row-title');
  await expect
    .poll(async () => (await titles.allTextContents()).sort())
    .toEqual(
      ['Stellar halos', 'Tree scans', 'Underdense voids'].map(
        title => `${title} ${word}`
      )
    );
  const heights = await panel.region
    .locator('.hnl-List-rows > .hnl-Row')
    .evaluateAll(rows => rows.map(row => row.getBoundingClientRect().height));
  expect(new Set(heights).size).toBe(1);
});

for (const width of [280, 900]) {
  test(`search and filters are for everybody at ${width} px`, async ({
    page,
    panel
  }) => {
    test.slow();
    await page.setViewportSize({ width: 1300, height: 800 });
    await page.sidebar.setWidth(width);
    const { region } = panel;
    const look = async (view: string): Promise<void> => {
      await expectFitting(view, region);
      await expectAccessible(page, view, region);
    };
    await fieldOf(panel).fill(`${word} halos`);
    await panel.button('Filters').click();
    await region.getByRole('checkbox', { name: /^HDF5/ }).check();
    await expectRows(panel, ['Stellar halos']);
    await look('search with filters');
    await panel.button('Search help').click();
    await look('search with help');
  });
}
