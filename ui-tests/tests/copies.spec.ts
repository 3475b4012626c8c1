import type {
  IJupyterLabPageFixture,
  JupyterLabPage
} from '@jupyterlab/galata';

import { expectNotebook } from '../support/notebook';
import { expect, test } from '../support/test';

const NEWER = 'Open the newer one';

/**
 * Load the page anew, with the notebook that was open in it.
 */
async function loadAnew(page: IJupyterLabPageFixture): Promise<void> {
  // Galata would wait for the launcher. Its type does not say that it need not.
  const galata = page as unknown as JupyterLabPage;
  await galata.reload({ waitForIsReady: false });
}

test.beforeEach(async ({ page, panel, rest, tmpPath, name }) => {
  // Each publishes two or three times.
  test.slow();
  for (const text of ['old', 'new', 'newest']) {
    await page.contents.uploadContent(
      `print("${text}")\n`,
      'text',
      `${tmpPath}/${text}.py`
    );
  }
  await rest.publish({ name }, { loader_path: `${tmpPath}/old.py` });
  await panel.open();
  await panel.choose(name, 'Open loader notebook');
  await expectNotebook(page, `${name}_loader.ipynb`);
});

test('a copy tells that its original has changed, and offers the newer one', async ({
  page,
  rest,
  tmpPath,
  name
}) => {
  const file = `${name}_loader.ipynb`;
  const notice = page.getByText(
    `The loader notebook of "${name}" has changed since ${file} was copied from it.`
  );
  await test.step('not while it is the same', async () => {
    await loadAnew(page);
    await expectNotebook(page, file);
    await expect(notice).toBeHidden();
  });

  await rest.update(name, {}, `${tmpPath}/new.py`);
  await loadAnew(page);
  await expect(notice).toBeVisible();
  const mine = await page.contents.getContentMetadata(`${tmpPath}/${file}`);
  await page.getByRole('button', { name: NEWER }).click();
  await expectNotebook(page, `${name}_loader-1.ipynb`);
  await expect(page.locator('.jp-Notebook:visible')).toContainText(
    'print("new")'
  );
  await expect(notice).toBeHidden();
  const after = await page.contents.getContentMetadata(`${tmpPath}/${file}`);
  expect(after?.last_modified).toBe(mine?.last_modified);
});

test('a copy is silent for good where one says so, until the next change', async ({
  page,
  rest,
  tmpPath,
  name
}) => {
  const notice = page.getByText(/has changed since .* was copied from it/);
  await rest.update(name, {}, `${tmpPath}/new.py`);
  await loadAnew(page);
  await expect(notice).toBeVisible();
  await page.getByRole('button', { name: "Don't tell again" }).click();
  await expect(notice).toBeHidden();

  const looked = page.waitForResponse(
    answer => answer.url().includes(`/records/${name}`) && answer.ok()
  );
  await loadAnew(page);
  await looked;
  await expectNotebook(page, `${name}_loader.ipynb`);
  await expect(notice).toBeHidden();

  await rest.update(name, {}, `${tmpPath}/newest.py`);
  await loadAnew(page);
  await expect(notice).toBeVisible();
});

test('a copy of what was retired is an ordinary notebook', async ({
  page,
  rest,
  name
}) => {
  await rest.retire(name);
  const looked = page.waitForResponse(
    answer =>
      answer.url().includes(`/records/${name}`) && answer.status() === 404
  );
  await loadAnew(page);
  await looked;
  await expectNotebook(page, `${name}_loader.ipynb`);
  await expect(page.locator('.Toastify__toast')).toHaveCount(0);
});
