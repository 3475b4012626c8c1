import { expect, test } from '../support/test';

const LOADER = 'import os\n\nprint(os.environ["DATA_PATH"])\n';
const BATCH = '#!/bin/bash\n#SBATCH --nodes=2\nsrun python load_tides.py\n';

test.beforeEach(async ({ page, panel, tmpPath, name }) => {
  const { contents, filebrowser } = page;
  await contents.uploadContent(LOADER, 'text', `${tmpPath}/load_tides.py`);
  await contents.uploadContent(LOADER, 'text', `${tmpPath}/other.py`);
  await contents.uploadContent(BATCH, 'text', `${tmpPath}/tides.slurm`);
  await contents.uploadContent('a\n1\n', 'text', `${tmpPath}/tides.csv`);
  await filebrowser.refresh();
  await panel.open();
  await panel.button('Catalog a dataset').click();
  await panel.form.field('Nickname').fill(name);
});

test('the loader is picked in a dialog, shown, and taken out again', async ({
  page,
  panel
}) => {
  const script = panel.form.script('Loader script');
  await script.getByRole('button', { name: 'Choose a file…' }).click();
  const dialog = page.getByRole('dialog');
  await expect(dialog).toContainText('Loader script');
  // Only what can be one is offered.
  await expect(
    dialog.getByRole('listitem', { name: 'Name: load_tides.py' })
  ).toBeVisible();
  await expect(
    dialog.getByRole('listitem', { name: 'Name: tides.csv' })
  ).toBeHidden();
  await dialog.getByRole('listitem', { name: 'Name: load_tides.py' }).click();
  await panel.answer('Select');

  await expect(script).toContainText('load_tides.py');
  const code = script.getByRole('textbox', { name: 'Chosen script' });
  await expect(code).toContainText('print(os.environ["DATA_PATH"])');
  await expect(code).toHaveAttribute('aria-readonly', 'true');
  await code.click();
  await page.keyboard.type('x');
  await expect(code).not.toContainText('x');

  await script.getByRole('button', { name: 'Remove' }).click();
  await expect(script).not.toContainText('load_tides.py');
});

test('scripts are dragged from the file browser, and chosen in its menu', async ({
  page,
  panel,
  tmpPath,
  rest,
  name
}) => {
  const { form } = panel;
  const loader = form.script('Loader script');
  const batch = form.script('Batch script');

  await test.step('right-click', async () => {
    await panel.chooseFor('load_tides.py', 'Use as loader');
    await expect(loader).toContainText('load_tides.py');
    await panel.chooseFor('tides.slurm', 'Use as batch script');
    await expect(batch).toContainText('#SBATCH --nodes=2');
  });

  await test.step('only what can be a script offers to be one', async () => {
    await page.sidebar.openTab('filebrowser');
    await panel.file('tides.csv').click({ button: 'right' });
    await expect(
      page.getByRole('menuitem', { name: 'Catalog this dataset…' })
    ).toBeVisible();
    await expect(
      page.getByRole('menuitem', { name: 'Use as loader' })
    ).toBeHidden();
    await page.keyboard.press('Escape');
  });

  await test.step('drag onto the form in a tab', async () => {
    await panel.icon.click();
    await panel.button('Open in a tab').click();
    await page.sidebar.openTab('filebrowser');
    const tab = page.getByRole('main').getByRole('tabpanel', { name });
    await expect(tab.getByRole('textbox', { name: 'Nickname' })).toBeVisible();
    await panel.file('other.py').hover();
    await page.mouse.down();
    const { x, y, width, height } = (await tab.boundingBox())!;
    await page.mouse.move(x + width / 2, y + 40, { steps: 4 });
    await page.mouse.move(x + width / 2, y + height / 2, { steps: 4 });
    await page.mouse.up();
    await expect(
      tab.getByRole('group', { name: 'Loader script' })
    ).toContainText('other.py');
    // It was not moved away.
    await expect(panel.file('other.py')).toBeVisible();
    expect(await page.contents.fileExists(`${tmpPath}/other.py`)).toBe(true);
  });

  await expect
    .poll(async () => (await rest.drafts(name))[0]?.content)
    .toMatchObject({
      loader_path: `${tmpPath}/other.py`,
      batch_script_path: `${tmpPath}/tides.slurm`
    });
});

test('kernel and distribution are chosen, and stand in the preview', async ({
  panel
}) => {
  const { form, region } = panel;
  const kernel = region.getByRole('combobox', { name: 'Kernel' });
  await kernel.selectOption({ label: 'Python 3 (ipykernel)' });
  await expect(kernel).toHaveValue('python3');

  await expect(form.script('Batch script')).toBeHidden();
  await form.unfold();
  await region.getByRole('checkbox', { name: 'Distributed' }).check();
  await expect(form.script('Batch script')).toBeVisible();

  await panel.chooseFor('load_tides.py', 'Use as loader');
  await form.fillRequired('Tides');
  await form.button('Preview').click();
  await expect(region.getByText('What will happen')).toBeVisible();
  await region.getByRole('button', { name: 'Loader notebook' }).click();
  await expect(
    region.getByRole('textbox', { name: 'Code cell' }).first()
  ).toBeVisible();
  await expect(region.getByText('sbatch').first()).toBeVisible();
});
