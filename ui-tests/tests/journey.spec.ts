import { expect, test } from '@jupyterlab/galata';

/**
 * A nickname of its own for each run: what was published stays on the practice Hub.
 */
const name = `wine_${Date.now()}`;

test('a dataset is cataloged from the file browser, found, and retired', async ({
  page,
  tmpPath
}) => {
  await page.contents.uploadContent(
    'a,b\n1,2\n',
    'text',
    `${tmpPath}/${name}/data.csv`
  );
  await page.contents.uploadContent(
    'print("loaded")\n',
    'text',
    `${tmpPath}/load_data.py`
  );
  await page.filebrowser.refresh();
  await page.filebrowser.openDirectory(tmpPath);

  // The panel did not come to the front by itself.
  expect(await page.sidebar.isTabOpen('filebrowser')).toBe(true);

  await page
    .locator('.jp-DirListing-item', { hasText: name })
    .click({ button: 'right' });
  await page.getByRole('menuitem', { name: 'Catalog this dataset…' }).click();
  const panel = page.getByRole('region', { name: 'Dataset catalog' });
  await expect(panel.getByText('Practice Hub')).toBeVisible();
  await expect(panel.getByLabel('Path of the data')).toHaveValue(
    new RegExp(`/${name}$`)
  );

  // Errors appear at their field, and go when it is mended.
  await panel.getByRole('button', { name: 'Publish', exact: true }).click();
  await expect(panel.getByText('2 errors').last()).toBeVisible();
  await panel.getByLabel('Official name').fill('Wine');
  const size = panel.getByRole('combobox', { name: /^Size/ });
  await size.fill('fewer than 1,000');
  await page.getByRole('option').first().click();
  await expect(panel.getByText('No errors.')).toBeVisible();

  await panel.getByRole('button', { name: 'Preview' }).click();
  await expect(panel.getByText('What will happen')).toBeVisible();
  await panel.getByRole('button', { name: 'Publish', exact: true }).click();
  await page
    .locator('.jp-Dialog')
    .getByRole('button', { name: 'Publish' })
    .click();
  await expect(panel.getByText('It is in the catalog and on the Hub.')).toBeVisible(
    { timeout: 30000 }
  );

  await panel.getByRole('button', { name: 'Open loader notebook' }).click();
  await expect(
    page.locator(`.lm-TabBar-tab:has-text("${name}_loader")`)
  ).toBeVisible();

  await panel.getByRole('button', { name: 'Datasets' }).click();
  await panel
    .getByRole('button', { name: 'More actions for Wine' })
    .first()
    .click();
  await page.getByRole('menuitem', { name: 'Retire…' }).click();
  await page
    .locator('.jp-Dialog')
    .getByRole('button', { name: 'Retire' })
    .click();
  await expect(panel.getByText('It is no longer in the catalog.')).toBeVisible({
    timeout: 30000
  });
});

test('the panel says what to do where the server extension is missing', async ({
  page
}) => {
  await page.route(/\/huggingnersc-lab\//, route =>
    route.fulfill({ status: 404, contentType: 'text/html', body: '<html>' })
  );
  await page.reload();
  await page.sidebar.openTab('huggingnersc-lab-sidebar');
  await expect(page.getByText('The server extension is missing')).toBeVisible();
});
