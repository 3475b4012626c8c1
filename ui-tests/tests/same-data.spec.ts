import { expect, formIn, test } from '../support/test';
import { catalog } from '../support/catalogFolder';

test.describe('data that is cataloged already', () => {
  test.use({ mockSettings: formIn('sidebar') });

  test('is recognized in the file browser and in the form', async ({
    page,
    panel,
    name,
    rest,
    tmpPath
  }) => {
    await page.contents.uploadContent('a,b\n', 'text', `${tmpPath}/${name}/data.csv`);
    const { data_path } = await rest.send<{ data_path: string }>(
      'POST',
      'locations',
      { contents_path: `${tmpPath}/${name}` }
    );
    await page.filebrowser.refresh();
    await catalog(rest, [{ name, pretty_name: `Tide ${name}`, data_path }]);
    await panel.open();

    await test.step('right-click offers the entry', async () => {
      await panel.chooseFor(name, 'Catalog this dataset…');
      await expect(page.getByRole('dialog')).toContainText(`Tide ${name}`);
      await panel.answer('Open the entry');
      await expect(
        panel.region.getByRole('heading', { name: `Tide ${name}`, level: 3 })
      ).toBeVisible();
    });

    await test.step('one can go on all the same', async () => {
      await panel.chooseFor(name, 'Catalog this dataset…');
      await panel.answer('Catalog it anyway');
      const path = panel.form.field('Path of the data');
      await expect(path).toHaveValue(data_path);
      await expect(panel.region).toContainText('Already in the catalog');
      await panel.button('Open the entry').click();
    });

    await test.step('and the draft is offered then, too', async () => {
      await panel.chooseFor(name, 'Catalog this dataset…');
      await panel.answer('Open the draft');
      await expect(panel.form.field('Path of the data')).toHaveValue(data_path);
    });

    await test.step('a path that is not there is told at once', async () => {
      await panel.form.field('Path of the data').fill(`${data_path}/no-such`);
      await expect(
        panel.region.getByText('There is no such folder:')
      ).toBeVisible();
    });
  });
});
