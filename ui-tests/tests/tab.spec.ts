import { EntryForm } from '../support/entryForm';
import { expect, formIn, test } from '../support/test';

test.use({ mockSettings: formIn('main') });

const LOADER = 'print("tides")\n';

test('the form opens in a tab, with the card beside it and its buttons in reach', async ({
  page,
  panel,
  rest,
  name
}) => {
  await panel.open();
  await panel.button('Catalog a dataset').click();
  const main = page.getByRole('main').getByRole('tabpanel');
  const form = new EntryForm(page, main.filter({ hasText: 'Official name' }));
  await expect(form.field('Official name')).toBeVisible();
  // The list stays where it was.
  await expect(panel.button('Catalog a dataset')).toBeVisible();
  await form.field('Nickname').fill(name);
  await form.fillRequired(`Tides ${name}`);
  await form.unfold();
  await form.field('Home page').scrollIntoViewIfNeeded();
  for (const button of ['Discard', 'Publish']) {
    await expect(form.button(button)).toBeInViewport();
  }
  await form.button('Preview').last().click();
  const beside = main.getByRole('region', { name: 'Preview' });
  await expect(
    beside.getByRole('heading', { name: `Tides ${name}` })
  ).toBeVisible();

  await test.step('publishing asks with what speaks against it', async () => {
    await form.field('Path of the data').fill('/nowhere/at/all');
    await form.button('Publish').click();
    const dialog = page.getByRole('dialog');
    await expect(dialog).toContainText('Without a licence');
    await expect(dialog).toContainText('Without a loader script');
    await panel.answer('Cancel');
    expect(await rest.has(name)).toBe(false);
  });

  await test.step('it is discarded, and its tab closes', async () => {
    await form.button('Discard').click();
    await panel.answer('Delete');
    await expect(form.field('Nickname')).toHaveCount(0);
    expect(await rest.drafts(name)).toEqual([]);
  });
});

test('a loader goes into a new draft while a tab shows what was published', async ({
  page,
  panel,
  tmpPath,
  name
}) => {
  await page.contents.uploadContent(LOADER, 'text', `${tmpPath}/load_it.py`);
  await page.filebrowser.refresh();
  await panel.open();
  await panel.button('Catalog a dataset').click();
  const main = page.getByRole('main').getByRole('tabpanel');
  const form = new EntryForm(page, main);
  await form.field('Nickname').fill(name);
  await form.fillRequired(`Tides ${name}`);
  await form.button('Publish').click();
  await panel.agree();
  await expect(
    main.getByText('It is in the catalog and on the Hub.')
  ).toBeVisible();

  await panel.chooseFor('load_it.py', 'Use as loader');
  const script = main
    .getByRole('group', { name: 'Loader script' })
    .filter({ hasText: 'load_it.py' });
  await expect(script).toBeVisible();
  await expect(page.getByRole('main').getByRole('tabpanel')).toHaveCount(1);
});
