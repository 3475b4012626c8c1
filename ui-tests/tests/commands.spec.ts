import { EntryForm } from '../support/entryForm';
import { expect, test } from '../support/test';

test('starts without stealing the focus or loading what is not looked at', async ({
  page,
  panel
}) => {
  await expect(panel.icon).toBeVisible();
  await expect(panel.icon).toHaveAttribute('aria-selected', 'false');
  await expect(panel.region).toBeHidden();
  const inPanel = await page.evaluate(
    () => !!document.activeElement?.closest('[aria-label="Dataset catalog"]')
  );
  expect(inPanel).toBe(false);

  await panel.open();
  await expect(panel.rows.first()).toBeVisible();
  await panel.button('Account').click();
  await expect(
    panel.region.getByText('The practice Hub is a small server on this machine.')
  ).toBeVisible();
  await expect(panel.region.getByText('practice-admin')).toBeVisible();
});

test('an entry can be begun from wherever one is', async ({
  page,
  panel,
  name,
  tmpPath
}) => {
  const { form } = panel;
  const expectEmptyForm = async (): Promise<void> => {
    await expect(form.field('Path of the data')).toHaveValue('');
    await panel.button('Datasets').click();
    await expect(form.field('Path of the data')).toBeHidden();
  };

  await test.step('the button', async () => {
    await panel.open();
    await panel.button('Catalog a dataset').click();
    await expectEmptyForm();
  });

  await test.step('the launcher', async () => {
    await page
      .getByRole('main')
      .getByRole('button', { name: 'Catalog a dataset' })
      .click();
    await expectEmptyForm();
  });

  await test.step('the File menu', async () => {
    await page.getByRole('menuitem', { name: 'File', exact: true }).click();
    await page.getByRole('menuitem', { name: 'Catalog a Dataset…' }).click();
    await expectEmptyForm();
  });

  await test.step('the command palette', async () => {
    await page.keyboard.press('Control+Shift+C');
    await page.getByPlaceholder('SEARCH', { exact: true }).fill('catalog a da');
    await page
      .getByRole('menuitem', { name: 'Catalog a Dataset…' })
      .click();
    await expectEmptyForm();
  });

  await test.step('a file', async () => {
    const file = `${tmpPath}/${name}.csv`;
    await page.contents.uploadContent('a\n1\n', 'text', file);
    await page.filebrowser.refresh();
    await panel.chooseFor(`${name}.csv`, 'Catalog this dataset…');
    await expect(form.field('Path of the data')).toHaveValue(
      new RegExp(`/${name}\\.csv$`)
    );
    await expect(form.field('Nickname')).toHaveValue(name);
  });
});

test('a draft moves into a tab and back, with its card beside it', async ({
  page,
  panel,
  name
}) => {
  await page.setViewportSize({ width: 1400, height: 800 });
  await panel.open();
  await panel.button('Catalog a dataset').click();
  await panel.form.field('Nickname').fill(name);
  await panel.form.fillRequired('Tides');
  await panel.button('Open in a tab').click();

  const tab = page.getByRole('main').getByRole('tabpanel', { name: 'Tides' });
  const form = new EntryForm(page, tab);
  await expect(form.field('Nickname')).toHaveValue(name);
  await form.field('Description').fill('High water at the *old* pier.');
  await form.field('Description').blur();

  const preview = tab.getByRole('region', { name: 'Preview' });
  await preview.getByRole('button', { name: 'Preview' }).click();
  await expect(
    preview.getByRole('heading', { name: 'Tides', exact: true })
  ).toBeVisible();
  await expect(preview.locator('em', { hasText: 'old' })).toBeVisible();
  const [left, right] = await Promise.all([
    form.field('Description').boundingBox(),
    preview.boundingBox()
  ]);
  expect(left!.x + left!.width).toBeLessThanOrEqual(right!.x);

  await form.button('Move to the sidebar').click();
  await expect(tab).toBeHidden();
  await expect(panel.form.field('Nickname')).toHaveValue(name);
  await expect(panel.form.field('Description')).toHaveValue(
    'High water at the *old* pier.'
  );
});
