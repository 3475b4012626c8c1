import { expectNotebook, runAll } from '../support/notebook';
import { expect, test } from '../support/test';

const LOADER = `import csv
import os
from pathlib import Path

with (Path(os.environ["DATA_PATH"]) / "flowers.csv").open(newline="") as file:
    flowers = list(csv.DictReader(file))

print(f"Loaded {len(flowers)} flowers.")
`;

test('a folder becomes a dataset that others find, load and run', async ({
  page,
  panel,
  name,
  tmpPath,
  rest,
  hub
}) => {
  test.slow();
  const { contents } = page;
  await contents.uploadContent(
    'petal,species\n1.4,setosa\n4.7,versicolor\n',
    'text',
    `${tmpPath}/${name}/flowers.csv`
  );
  await contents.uploadContent(LOADER, 'text', `${tmpPath}/load_flowers.py`);
  await page.filebrowser.refresh();

  await test.step('The icon waits in the sidebar', async () => {
    await expect(panel.icon).toBeVisible();
    await expect(panel.region).toBeHidden();
    expect(await page.sidebar.isTabOpen('filebrowser')).toBe(true);
  });

  await test.step('Opening it shows the centre and its datasets', async () => {
    await panel.open();
    await expect(
      panel.region.getByText('Practice Hub: nothing leaves this machine')
    ).toBeVisible();
    await panel.region.getByLabel('Search datasets').fill('iris');
    await expect(panel.dataset('Iris')).toContainText('iris');
    await expect(panel.dataset('Iris')).toContainText('rows');
    await expect(panel.dataset('Iris')).toContainText('csv');
    await expect(panel.button('Catalog a dataset')).toBeVisible();
  });

  await test.step('A right-click on the folder begins an entry', async () => {
    await panel.chooseFor(name, 'Catalog this dataset…');
    await expect(panel.form.field('Path of the data')).toHaveValue(
      new RegExp(`^/.*/${name}$`)
    );
    await expect(panel.form.field('Nickname')).toHaveValue(name);
  });

  await test.step('A right-click on the script makes it the loader', async () => {
    await panel.form.fillRequired('Flowers');
    await panel.chooseFor('load_flowers.py', 'Use as loader');
    await expect(panel.form.script('Loader script')).toContainText(
      'csv.DictReader(file)'
    );
  });

  await test.step('A preview shows all and sends nothing', async () => {
    await panel.form.button('Preview').click();
    await expect(panel.region.getByText('What will happen')).toBeInViewport();
    await expect(panel.button('Account')).toBeInViewport();
    await expect(
      panel.region.getByRole('heading', { name: 'Flowers', exact: true })
    ).toBeVisible();
    expect(await hub.requests(name)).toEqual([]);
    expect(await rest.has(name)).toBe(false);
  });

  await test.step('Publishing goes step by step to its end', async () => {
    await panel.publish();
    const steps = panel.region.getByRole('list').getByRole('listitem');
    await expect(steps.filter({ hasText: 'files prepared' })).toBeVisible();
    await expect(steps.filter({ hasText: /Repository .* made/ })).toBeVisible();
    await expect(
      steps.filter({ hasText: 'files sent in one commit' })
    ).toBeVisible();
    await expect(
      panel.region.getByText('It is in the catalog and on the Hub.')
    ).toBeVisible();
    await expect(
      panel.region.getByRole('link', { name: 'Page on the Hub' })
    ).toHaveAttribute('href', `${hub.url}/datasets/NERSC/${name}`);
    expect(await rest.has(name)).toBe(true);
    expect(await hub.card(name)).toContain('# Flowers');
  });

  await test.step('The loader notebook opens as a copy and runs', async () => {
    await panel.button('Open loader notebook').click();
    await expectNotebook(page, `${name}_loader.ipynb`);
    expect(
      await contents.fileExists(`dataset-notebooks/${name}_loader.ipynb`)
    ).toBe(true);
    await expect(
      page.getByRole('main').getByRole('button', { name: 'Python 3 (ipykernel)' })
    ).toBeVisible();
    const cells = await runAll(page);
    expect(cells.flatMap(({ errors }) => errors)).toEqual([]);
    expect(cells.every(({ executionCount }) => executionCount)).toBe(true);
    expect(cells.map(({ text }) => text).join('')).toContain(
      'Loaded 2 flowers.'
    );
  });

  await test.step('It stands in the list', async () => {
    await panel.button('Datasets').click();
    await panel.region.getByLabel('Search datasets').fill(name);
    await expect(panel.dataset('Flowers')).toBeVisible();
    await expect(panel.dataset('Iris')).toBeHidden();
  });
});
