import { readFile, rename } from 'node:fs/promises';

import type { Download } from '@playwright/test';

import type { CatalogPanel } from '../support/catalogPanel';
import { expect, test } from '../support/test';

test.use({ permissions: ['clipboard-read', 'clipboard-write'] });

/**
 * Open a part of the page that is folded away.
 */
async function unfold(panel: CatalogPanel, title: string): Promise<void> {
  const toggle = panel.button(title);
  if ((await toggle.getAttribute('aria-expanded')) === 'false') {
    await toggle.click();
  }
}

/**
 * What a citation looks like, by its format.
 */
const CITATIONS: Readonly<Record<string, RegExp>> = {
  bibtex: /^@\w+\{[\s\S]*Old/,
  apa: /Fisher, R\. A\.[\s\S]*Old/,
  cff: /cff-version:/,
  datacite: /"titles"/
};

async function textOf(download: Download): Promise<string> {
  return readFile(await download.path(), 'utf-8');
}

test.describe('a dataset with a history', () => {
  test.beforeEach(async ({ panel, rest, name }) => {
    // Each publishes three times.
    test.slow();
    const tags = ['oceanography', 'tide gauges', name];
    await rest.publish({
      name,
      tags,
      pretty_name: `Old ${name}`,
      license: 'mit',
      authors: [{ name: 'Ronald A. Fisher' }]
    });
    await rest.publish({
      name: `${name}-2`,
      tags,
      pretty_name: `New ${name}`
    });
    await rest.update(name, { license: 'cc0-1.0' });
    await panel.open();
    await panel.region.getByLabel('Search datasets').fill(name);
    await panel.choose(`Old ${name}`, 'Show dataset');
  });

  test('tells what each version changed, also after the Hub was away', async ({
    page,
    panel,
    hub,
    name
  }) => {
    const { region } = panel;
    await hub.fail({
      kind: 'server_error',
      path: `*/NERSC/${name}/commits/*`,
      count: null
    });
    await unfold(panel, 'Versions');
    await expect(panel.button('Try again')).toBeVisible();
    // Nothing else of the page suffers.
    await expect(region.getByRole('alert')).toHaveCount(1);
    await hub.clearFaults();
    await panel.button('Try again').click();

    const newest = region.locator('.hnl-Versions-item').first();
    await expect(newest).toContainText('README.md changed');
    await expect(newest.locator('li', { hasText: 'license' })).toContainText(
      /mit.*cc0-1\.0/
    );
    await expect(region.getByRole('alert')).toHaveCount(0);
    const opened = page.waitForEvent('popup');
    await newest.getByRole('link').click();
    expect((await opened).url()).toContain(`${hub.url}/datasets/NERSC/${name}`);
  });

  test('is cited in the format that one chooses', async ({ page, panel }) => {
    const { region } = panel;
    await unfold(panel, 'Cite');
    const format = region.getByRole('combobox', { name: 'Format' });
    const text = region.locator('.hnl-Cite-text');
    await expect(format).toBeVisible();
    const offered = await format
      .getByRole('option')
      .evaluateAll(options =>
        options.map(option => (option as HTMLOptionElement).value)
      );
    // APA comes with an extra of the Python package.
    expect(offered).toEqual(
      expect.arrayContaining(['bibtex', 'cff', 'datacite'])
    );
    for (const chosen of offered) {
      await format.selectOption(chosen);
      await expect(text).toContainText(CITATIONS[chosen]!);
    }
    await format.selectOption('cff');
    await panel.button('Copy the citation').click();
    const copied = await page.evaluate(() => navigator.clipboard.readText());
    expect(copied).toContain('cff-version:');

    const saved = page.waitForEvent('download');
    await panel.button('Save as file').click();
    const file = await saved;
    expect(file.suggestedFilename()).toMatch(/\.cff$/);
    expect(await textOf(file)).toBe(copied);
  });

  test('is described for programs', async ({ page, panel, name }) => {
    const saved = page.waitForEvent('download');
    await panel.button('Download croissant.json').click();
    const file = await saved;
    expect(file.suggestedFilename()).toBe('croissant.json');
    const croissant = JSON.parse(await textOf(file));
    expect(croissant.conformsTo).toMatch(/croissant\/1\.0/);
    expect(croissant.name).toBe(name);
  });

  test('leads to those that are like it', async ({ panel, name }) => {
    const { region } = panel;
    await region
      .getByRole('button', { name: `New ${name}`, exact: true })
      .click();
    await expect(
      region.getByRole('heading', { name: `New ${name}` }).first()
    ).toBeVisible();
    await expect(region.locator(`article[data-hnl-name="${name}-2"]`)).toBeVisible();
    await region
      .getByRole('button', { name: `Old ${name}`, exact: true })
      .click();
    await expect(region.locator(`article[data-hnl-name="${name}"]`)).toBeVisible();
  });
});

test('data that was moved is told, and found again', async ({
  page,
  panel,
  rest,
  tmpPath,
  name
}) => {
  await page.contents.uploadContent('a\n1\n', 'text', `${tmpPath}/data/a.csv`);
  const { data_path } = await rest.send<{ data_path: string }>(
    'POST',
    'locations',
    { contents_path: `${tmpPath}/data` }
  );
  await rest.publish({ name, data_path, pretty_name: 'Tides' + name });
  await panel.open();
  await panel.region.getByLabel('Search datasets').fill(name);
  await panel.choose('Tides' + name, 'Show dataset');
  await expect(panel.region.getByText('You can open it.')).toBeVisible();
  await panel.button(`Copy the path ${data_path}`).click();
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(
    data_path
  );

  await rename(data_path, `${data_path}-2`);
  await panel.button('Datasets').click();
  await panel.choose('Tides' + name, 'Show dataset');
  await expect(
    panel.region.getByText(`Moved or purged: ${data_path} does not exist.`)
  ).toBeVisible();
  await rename(`${data_path}-2`, data_path);
  await panel.button('Check again').click();
  await expect(panel.region.getByText('You can open it.')).toBeVisible();
});

test('what is only on the Hub is shown, and brought into the catalog', async ({
  page,
  panel,
  rest,
  hub,
  name
}) => {
  await hub.create(
    name,
    '---\npretty_name: Tides of the far pier\nlicense: mit\ntags:\n- csv\n' +
      'size_categories:\n- n<1K\n---\n# Tides\n\nHigh *water*.\n'
  );
  await page.goto(`?dataset=NERSC/${name}`);
  const { region, form } = panel;
  await expect(
    region.getByRole('heading', { name: 'Tides of the far pier' })
  ).toBeVisible();
  await expect(region.locator('em', { hasText: 'water' })).toBeVisible();
  await expect(
    region.getByRole('link', { name: 'Open on the Hub' })
  ).toHaveAttribute('href', `${hub.url}/datasets/NERSC/${name}`);

  await test.step('also after a reload', async () => {
    await page.reload();
    await expect(panel.button('Adopt…')).toBeVisible();
  });

  await panel.button('Adopt…').click();
  await expect(form.field('Nickname')).toHaveValue(name);
  await expect(form.field('Official name')).toHaveValue(
    'Tides of the far pier'
  );
  expect(await rest.has(name)).toBe(false);
  await panel.publish();
  await expect(
    region.getByText('It is in the catalog and on the Hub.')
  ).toBeVisible();
  expect(await rest.has(name)).toBe(true);
});

test('an entry of a newer version is shown, and cannot be changed', async ({
  panel,
  rest,
  name
}) => {
  await rest.publish({ name, pretty_name: `Tides ${name}` });
  const { folder } = await rest.get<{ folder: string }>(`records/${name}`);
  await rest.rewriteRecord(folder, { schema_version: 99 });
  await panel.open();
  await panel.region.getByRole('button', { name: 'Refresh' }).click();
  await panel.region.getByLabel('Search datasets').fill(name);
  await panel.choose(`Tides ${name}`, 'Show dataset');
  const edit = panel.button('Edit');
  await expect(edit).toHaveAttribute('aria-disabled', 'true');
  await edit.click({ force: true });
  await expect(panel.form.field('Nickname')).toBeHidden();
  await expect(edit).toHaveAccessibleDescription(/schema version 99/);
});
