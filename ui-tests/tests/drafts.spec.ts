import { readFile } from 'node:fs/promises';

import { galata } from '@jupyterlab/galata';

import { CatalogPanel } from '../support/catalogPanel';
import { expect, formIn, test } from '../support/test';

test('a draft is listed by its name, resumed after a reload, and exported', async ({
  page,
  panel,
  name,
  rest
}) => {
  const title = `Tides ${name}`;
  await panel.begin(name, title);
  await panel.form.field('Description').fill('High water.');
  await expect(panel.region.getByText('Saved')).toBeVisible();
  await page.reload();
  await page.waitForCondition(() => page.sidebar.isOpen('left'));

  await test.step('it stands there still', async () => {
    await panel.open();
    await expect(panel.form.field('Description')).toHaveValue('High water.');
  });

  await test.step('it stands in the list', async () => {
    await panel.button('Drafts').click();
    await panel.region.getByRole('button', { name: new RegExp(`^${title}`) }).click();
    await expect(panel.form.field('Nickname')).toHaveValue(name);
  });

  await test.step('its JSON is what the command line takes', async () => {
    await panel.button('Drafts').click();
    const download = page.waitForEvent('download');
    await panel.button(`Export ${title} as JSON`).click();
    const file = await (await download).path();
    const record = JSON.parse(await readFile(file, 'utf-8'));
    expect(record).toMatchObject({
      name,
      pretty_name: title,
      description: 'High water.',
      size_categories: ['n<1K']
    });
  });

  await test.step('it is deleted after a question', async () => {
    await panel.button(`Delete ${title}`).click();
    await panel.answer('Cancel');
    await expect(panel.button(`Delete ${title}`)).toBeVisible();
    await panel.button(`Delete ${title}`).click();
    await panel.answer('Delete');
    await expect(panel.button(`Delete ${title}`)).toBeHidden();
    expect(await rest.drafts(name)).toEqual([]);
  });
});

test('two browsers on one draft: nothing is overwritten in silence', async ({
  panel,
  name,
  rest,
  baseURL,
  browser,
  tmpPath,
  waitForApplication
}) => {
  const title = `Tides ${name}`;
  await panel.begin(name, title);
  await expect(panel.region.getByText('Saved')).toBeVisible();

  const { page: other } = await galata.newPage({
    baseURL: baseURL!,
    browser,
    mockSettings: formIn('sidebar'),
    tmpPath,
    waitForApplication
  });
  const theirs = new CatalogPanel(other);
  await theirs.open();
  await theirs.button('Drafts').click();
  await theirs.region
    .getByRole('button', { name: new RegExp(`^${title}`) })
    .click();
  const conflict = 'This draft was changed in another tab';
  const description = async (): Promise<unknown> =>
    (await rest.drafts(name))[0]?.content.values['description'];

  await test.step('taking the other one', async () => {
    await theirs.form.field('Description').fill('Theirs.');
    await expect.poll(description).toBe('Theirs.');
    await panel.form.field('Description').fill('Mine.');
    await expect(panel.region.getByText(conflict)).toBeVisible();
    await expect(panel.form.field('Description')).toHaveValue('Mine.');
    expect(await description()).toBe('Theirs.');
    await panel.button('Use the other version').click();
    await expect(panel.form.field('Description')).toHaveValue('Theirs.');
    await expect(panel.region.getByText(conflict)).toBeHidden();
  });

  await test.step('keeping what is here', async () => {
    await panel.form.field('Description').fill('Mine again.');
    await expect.poll(description).toBe('Mine again.');
    await theirs.form.field('Description').fill('Theirs again.');
    await expect(theirs.region.getByText(conflict)).toBeVisible();
    expect(await description()).toBe('Mine again.');
    await theirs.button('Keep this version').click();
    await expect(theirs.region.getByText(conflict)).toBeHidden();
    await expect.poll(description).toBe('Theirs again.');
  });
  await other.context().close();
});
