import { codeCells, expectNotebook } from '../support/notebook';
import { expect, test } from '../support/test';

const LOADER = 'print("tides")\n';

test.beforeEach(async ({ page, panel, tmpPath, name, rest }) => {
  await page.contents.uploadContent('a\n1\n', 'text', `${tmpPath}/data/a.csv`);
  await page.contents.uploadContent(LOADER, 'text', `${tmpPath}/load_it.py`);
  const { data_path } = await rest.send<{ data_path: string }>(
    'POST',
    'locations',
    { contents_path: `${tmpPath}/data` }
  );
  await rest.publish(
    {
      name,
      data_path,
      pretty_name: `Tides ${name}`,
      description: 'High water at the *old* pier.',
      license: 'cc-by-4.0',
      tags: ['csv']
    },
    { loader_path: `${tmpPath}/load_it.py` }
  );
  await panel.open();
  await panel.region.getByLabel('Search datasets').fill(name);
});

test('everything that is known of it is shown', async ({
  page,
  panel,
  name,
  tmpPath,
  hub
}) => {
  const title = `Tides ${name}`;
  await expect(panel.dataset(title)).toContainText('csv');
  await panel.choose(title, 'Show dataset');
  const { region } = panel;
  await expect(region.getByRole('heading', { name: title }).first()).toBeVisible();
  await expect(region.getByText('You can open it.')).toBeVisible();
  await expect(region.getByText('Creative Commons Attribution 4.0 International').first()).toBeVisible();
  await expect(region.locator('em', { hasText: 'old' })).toBeVisible();
  await expect(
    region.getByRole('textbox', { name: 'load_it.py' })
  ).toContainText('print("tides")');

  await test.step('its page on the Hub', async () => {
    const opened = page.waitForEvent('popup');
    await panel.choose(title, 'Open on the Hub');
    const hubPage = await opened;
    expect(hubPage.url()).toBe(`${hub.url}/datasets/NERSC/${name}`);
    await expect(hubPage.getByText(title).first()).toBeVisible();
    await hubPage.close();
  });

  await test.step('its path, for the clipboard', async () => {
    await panel.choose(title, 'Copy path of the data');
    await panel.button('Datasets').click();
    const filter = region.getByLabel('Search datasets');
    await filter.fill('');
    await filter.press('Control+V');
    await expect(filter).toHaveValue(new RegExp(`${tmpPath}/data$`));
  });

  await test.step('its folder, in the file browser', async () => {
    await region.getByLabel('Search datasets').fill(name);
    await panel.choose(title, 'Show dataset');
    await region
      .getByRole('button', { name: new RegExp(`^/.*${tmpPath}/data$`) })
      .click();
    await expect(panel.file('a.csv')).toBeVisible();
  });
});

test('each reader gets a notebook of their own, and the loader in theirs', async ({
  page,
  panel,
  name,
  tmpPath
}) => {
  const title = `Tides ${name}`;
  await panel.choose(title, 'Open loader notebook');
  await expectNotebook(page, `${name}_loader.ipynb`);
  await panel.choose(title, 'Open loader notebook');
  await expectNotebook(page, `${name}_loader.ipynb`);

  await page.notebook.createNew('mine.ipynb');
  await expectNotebook(page, 'mine.ipynb');
  for (const outcome of ['was inserted', 'was updated']) {
    await panel.choose(title, 'Insert loader into the active notebook');
    await expect(
      page.getByText(`The loader of "${name}" ${outcome}.`)
    ).toBeVisible();
    const cells = await codeCells(page);
    expect(
      cells.filter(({ source }) => source.includes('print("tides")'))
    ).toHaveLength(1);
  }
  const [cell] = await codeCells(page);
  expect(cell!.source).toContain(`${tmpPath}/data"`);
});

test('it is edited, and its card changes where nobody else did', async ({
  panel,
  name,
  hub
}) => {
  await panel.choose(`Tides ${name}`, 'Edit');
  await expect(panel.form.field('Nickname')).toHaveValue(name);
  await expect(panel.form.script('Loader script')).toContainText(
    'print("tides")'
  );
  await panel.form.field('Description').fill('Low water, too.');
  await panel.form.button('Publish the changes').click();
  await panel.agree();
  await expect(
    panel.region.getByText('It is in the catalog and on the Hub.')
  ).toBeVisible();
  expect(await hub.card(name)).toContain('Low water, too.');
  expect(await hub.card(name)).not.toContain('*old*');

  await panel.button('Show dataset').click();
  await expect(panel.region.locator('.hnl-Card').getByText('Low water, too.')).toBeVisible();
});

test('it is retired, from the Hub only where one says so', async ({
  panel,
  name,
  rest,
  hub
}) => {
  // It publishes twice, and retires three times.
  test.slow();
  const other = `${name}-2`;
  await rest.publish({ name: other, pretty_name: `Waves ${name}` });
  await panel.region.getByRole('button', { name: 'Refresh' }).click();

  await panel.choose(`Tides ${name}`, 'Retire…');
  await panel.answer('Cancel');
  await expect(panel.dataset(`Tides ${name}`)).toBeVisible();

  await panel.choose(`Tides ${name}`, 'Retire…');
  await panel.answer('Retire');
  await expect(
    panel.region.getByText('It is no longer in the catalog.')
  ).toBeVisible();
  expect(await rest.has(name)).toBe(false);
  expect(await hub.has(name)).toBe(true);
  await expect(
    panel.region.getByText(`Its repository NERSC/${name}`)
  ).toBeVisible();

  await panel.button('Undo').click();
  await expect(
    panel.region.getByText('It is in the catalog and on the Hub.')
  ).toBeVisible();
  const { record, loader } = await rest.get<{
    record: Record<string, unknown>;
    loader: { text: string };
  }>(`records/${name}`);
  expect(loader.text).toContain('print("tides")');
  expect(record['data_path']).toMatch(/data$/);
  await panel.button('Datasets').click();
  await panel.choose(`Tides ${name}`, 'Retire…');
  await panel.answer('Retire');
  await expect(
    panel.region.getByText('It is no longer in the catalog.')
  ).toBeVisible();

  await panel.button('Datasets').click();
  await expect(panel.dataset(`Waves ${name}`)).toBeVisible();
  // Once the Hub was asked again, its repository is shown as one.
  await expect(
    panel
      .dataset(`Tides ${name}`)
      .filter({ hasNotText: 'Only on the Hub' })
  ).toBeHidden();
  await panel.choose(`Waves ${name}`, 'Retire…');
  await panel.page
    .getByRole('checkbox', {
      name: `Also delete its repository NERSC/${other} on the Hub`
    })
    .check();
  await panel.answer('Retire');
  await expect(
    panel.region.getByText('It is no longer in the catalog.')
  ).toBeVisible();
  expect(await hub.has(other)).toBe(false);
});
