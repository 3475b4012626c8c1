import { expect, test } from '../support/test';

test('a path outside of what may be cataloged is refused at its field', async ({
  panel,
  name
}) => {
  const { form, region } = panel;
  await panel.begin(name, 'Tides');
  for (const path of ['/etc', '/tmp/../etc/ssl']) {
    await form.field('Path of the data').fill(path);
    await expect(
      region.getByText('is outside the folders to catalog from')
    ).toBeVisible();
  }
  await form.field('Path of the data').fill('etc');
  await form.button('Preview').click();
  await expect(form.field('Path of the data')).toBeFocused();
  await expect(form.field('Path of the data')).toHaveAttribute(
    'aria-invalid',
    'true'
  );
  await form.field('Path of the data').fill('');
  await expect(region.getByText('No errors.')).toBeVisible();
});

test('a loader that is no Python is shown, with the line that is wrong', async ({
  page,
  panel,
  name,
  tmpPath
}) => {
  const { form, region } = panel;
  await page.contents.uploadContent(
    'import os\nprint("unclosed\n',
    'text',
    `${tmpPath}/load_it.py`
  );
  await page.filebrowser.refresh();
  await panel.begin(name, 'Tides');
  await panel.chooseFor('load_it.py', 'Use as loader');
  await expect(form.script('Loader script')).toContainText('print("unclosed');
  await expect(form.script('Loader script')).toContainText('line 2');
  await form.button('Preview').click();
  await expect(region.getByText('What will happen')).toBeVisible();
});

test('a loader that is gone is told at its field, and another can be picked', async ({
  page,
  panel,
  name,
  tmpPath
}) => {
  const { form, region } = panel;
  for (const file of ['gone.py', 'stays.py']) {
    await page.contents.uploadContent('1\n', 'text', `${tmpPath}/${file}`);
  }
  await page.filebrowser.refresh();
  await panel.begin(name, 'Tides');
  await panel.chooseFor('gone.py', 'Use as loader');
  await expect(form.script('Loader script')).toContainText('gone.py');
  await page.contents.deleteFile(`${tmpPath}/gone.py`);
  await form.button('Preview').click();
  await expect(form.script('Loader script')).toContainText('does not exist');
  await page.filebrowser.refresh();
  await panel.chooseFor('stays.py', 'Use as loader');
  await form.button('Preview').click();
  await expect(region.getByText('What will happen')).toBeVisible();
});

test('a name that is taken is told before anything is sent', async ({
  panel,
  name
}) => {
  await panel.begin('iris', name);
  await expect(
    panel.region
      .getByText('The catalog already has a dataset with this nickname.')
      .first()
  ).toBeVisible();
  await panel.form.button('Publish').click();
  await expect(panel.form.field('Nickname')).toBeFocused();
  await expect(panel.form.field('Nickname')).toHaveAccessibleDescription(
    /already has a dataset 'iris'/
  );
  await expect(panel.form.field('Official name')).toHaveValue(name);
});
