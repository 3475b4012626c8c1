import { expect, type Locator, type Page, test } from '@playwright/test';

const isLab = process.env.APPLICATION !== 'notebook';

/**
 * A nickname of its own for each run: what was published stays on the practice Hub.
 */
const name = `wine-${Date.now()}`;

const panelOf = (page: Page): Locator =>
  page.getByRole('region', { name: 'Dataset catalog' });

/**
 * What the page's address says of the panel.
 */
const inAddress = (page: Page, key: 'dataset' | 'datasets'): string | null =>
  new URL(page.url()).searchParams.get(key);

async function put(page: Page, path: string, content?: string): Promise<void> {
  const data =
    content === undefined
      ? { type: 'directory' }
      : { type: 'file', format: 'text', content };
  const answer = await page.request.put(`/api/contents/${path}`, { data });
  expect(answer.ok()).toBe(true);
}

async function publish(panel: Locator, page: Page): Promise<void> {
  await panel.getByRole('button', { name: 'Publish', exact: true }).click();
  await page
    .locator('.jp-Dialog')
    .getByRole('button', { name: /^Publish( anyway)?$/ })
    .click();
  await expect(
    panel.getByText('It is in the catalog and on the Hub.')
  ).toBeVisible({ timeout: 60_000 });
}

test('a dataset is cataloged, found, opened and linked to', async ({
  context,
  page
}) => {
  await put(page, name);
  await put(page, `${name}/data.csv`, 'a,b\n1,2\n');
  await put(page, `${name}/load_${name}.py`, 'print("loaded")\n');
  const start = isLab ? '/lab' : '/tree';
  await page.goto(isLab ? `${start}?reset` : start);
  const panel = panelOf(page);

  await test.step('from the file browser to the form', async () => {
    await page
      .locator(`.jp-DirListing-item[title*="Name: ${name}"]`)
      .click({ button: 'right' });
    await page.getByRole('menuitem', { name: 'Catalog this dataset…' }).click();
    if (isLab) {
      // The form opens in a tab; the rest of the walk is in the sidebar, which every application has.
      await page.getByRole('button', { name: 'Move to the sidebar' }).click();
    }
    await expect(panel.getByText('Practice Hub')).toBeVisible();
    await expect(panel.getByLabel('Path of the data')).toHaveValue(
      new RegExp(`/${name}$`)
    );
    await panel.getByLabel('Official name').fill('Wine');
    await panel
      .getByRole('combobox', { name: /^Size/ })
      .fill('fewer than 1,000');
    await panel.getByRole('listbox').getByRole('option').first().click();
  });

  await test.step('a script from the file dialog', async () => {
    await panel.getByRole('button', { name: 'Choose a file…' }).first().click();
    const dialog = page.locator('.jp-Dialog');
    await dialog
      .locator('.jp-DirListing-item', { hasText: `load_${name}.py` })
      .click();
    await dialog.getByRole('button', { name: /^(Select|Open)/ }).click();
    await expect(panel.getByText(`load_${name}.py`)).toBeVisible();
    await expect(panel.getByText('print("loaded")')).toBeVisible();
  });

  await test.step('the preview, in a tab where there are tabs', async () => {
    await panel.getByRole('button', { name: 'Preview' }).click();
    await expect(panel.getByText('What will happen')).toBeVisible();
    const tab = panel.getByRole('button', { name: 'Open in a tab' });
    await expect(tab).toHaveCount(isLab ? 1 : 0);
    if (isLab) {
      await tab.click();
      const preview = page.getByRole('region', { name: 'Preview' });
      await expect(
        preview.getByRole('heading', { name: 'Where it is' })
      ).toBeVisible();
      await page.getByRole('button', { name: 'Move to the sidebar' }).click();
    }
  });

  await test.step('publish', () => publish(panel, page));

  await test.step('the loader notebook', async () => {
    const button = panel.getByRole('button', { name: 'Open loader notebook' });
    if (isLab) {
      await button.click();
      await expect(page.locator('.jp-NotebookPanel')).toBeVisible();
    } else {
      const opened = context.waitForEvent('page');
      await button.click();
      await expect((await opened).locator('.jp-Notebook')).toBeVisible();
    }
  });

  await test.step('the list and its menu', async () => {
    await panel.getByRole('button', { name: 'Datasets', exact: true }).click();
    await panel.getByRole('searchbox').fill(name);
    await panel.getByRole('button', { name: 'More actions for Wine' }).click();
    await page.getByRole('menuitem', { name: 'Show dataset' }).click();
    await expect(panel.getByText(`Loader: load_${name}.py`)).toBeVisible();
  });

  await test.step('its page, and the address of it', async () => {
    await expect.poll(() => inAddress(page, 'dataset')).toBe(name);
    await panel.getByRole('button', { name: 'Cite', exact: true }).click();
    await expect(panel.locator('.hnl-Cite-text')).toContainText('Wine');
    await panel.getByRole('button', { name: 'Versions', exact: true }).click();
    await expect(panel.locator('.hnl-Versions-item').first()).toBeVisible();
    await context.grantPermissions(['clipboard-read', 'clipboard-write']);
    await panel.getByRole('button', { name: 'Copy link' }).click();
    await expect(panel.getByText('Copied').first()).toBeVisible();
    const link = await page.evaluate(() => navigator.clipboard.readText());
    expect(new URL(link).searchParams.get('dataset')).toBe(name);

    await test.step('are there again after a reload', async () => {
      await page.reload();
      await expect(panel.getByText(`Loader: load_${name}.py`)).toBeVisible();
      await expect.poll(() => inAddress(page, 'dataset')).toBe(name);
    });

    await test.step('and in a page that the link opens', async () => {
      const other = await context.newPage();
      await other.goto(link);
      await expect(
        panelOf(other).getByText(`Loader: load_${name}.py`)
      ).toBeVisible();
      await expect.poll(() => inAddress(other, 'dataset')).toBe(name);
      await other.close();
    });
  });

  await test.step('a search, and the address of it', async () => {
    await page.goto(`${start}?dataset=iris`);
    await expect(panel.getByText('Loader: load_iris.py')).toBeVisible();
    await panel.getByRole('button', { name: 'Datasets', exact: true }).click();
    const field = panel.getByRole('searchbox');
    await field.fill(name);
    await expect(panel.getByRole('button', { name: /^Wine/ })).toBeVisible();
    await expect(panel.getByRole('button', { name: /^Iris/ })).toBeHidden();
    await expect.poll(() => inAddress(page, 'datasets')).toBe(`q=${name}`);
    await page.reload();
    await expect(field).toHaveValue(name);
    await expect(panel.getByRole('button', { name: /^Wine/ })).toBeVisible();
    await panel.getByRole('button', { name: /^Wine/ }).click();
    await expect(panel.getByText(`Loader: load_${name}.py`)).toBeVisible();
  });

  await test.step('a reload', async () => {
    if (isLab) {
      // JupyterLab remembers what is shown a moment later.
      await expect
        .poll(async () => {
          const answer = await page.request.get('/lab/api/workspaces/default');
          const { data } = await answer.json();
          return [
            data['huggingnersc-lab:view']?.name,
            data['layout-restorer:data']?.left?.current
          ];
        })
        .toEqual([name, 'huggingnersc-lab-sidebar']);
      await page.goto(start);
      await expect(panel.getByText(`Loader: load_${name}.py`)).toBeVisible();
      return;
    }
    await page.goto(start);
    // The sidebar is closed at first, and the key works once the page has settled.
    await expect(async () => {
      await page.keyboard.press('ControlOrMeta+Alt+y');
      await expect(panel).toBeVisible({ timeout: 1000 });
    }).toPass();
    await expect(panel.getByRole('button', { name: /^Wine/ })).toBeVisible();
  });
});
