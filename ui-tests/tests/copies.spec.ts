import type {
  IJupyterLabPageFixture,
  JupyterLabPage
} from '@jupyterlab/galata';
import type { Locator, Page, Response } from '@playwright/test';

import { expectNotebook } from '../support/notebook';
import { expect, test } from '../support/test';

const NEWER = 'Open the new version';

/**
 * Where copies are, by default.
 */
const FOLDER = 'dataset-notebooks';

/**
 * Load the page anew, with the notebook that was open in it.
 */
async function loadAnew(page: IJupyterLabPageFixture): Promise<void> {
  // Galata would wait for the launcher. Its type does not say that it need not.
  const galata = page as unknown as JupyterLabPage;
  await galata.reload({ waitForIsReady: false });
}

function tabOf(page: Page, file: string): Locator {
  return page.getByRole('main').getByRole('tab', { name: file });
}

/**
 * Close a notebook, and wait until it is gone: until it is saved, opening it only shows it again.
 */
async function close(page: Page, file: string): Promise<void> {
  await tabOf(page, file).locator('.lm-TabBar-tabCloseIcon').click();
  const save = page.getByRole('dialog').getByRole('button', { name: 'Save' });
  await expect(async () => {
    // Asked for only where the kernel has written its name into the notebook.
    if (await save.isVisible()) {
      await save.click();
    }
    await expect(tabOf(page, file)).toHaveCount(0, { timeout: 500 });
  }).toPass();
}

async function open(page: Page, path: string): Promise<void> {
  await page.evaluate(async path => {
    await window.jupyterapp.commands.execute('docmanager:open', { path });
  }, path);
}

/**
 * What the server answers when the plugin asks about an original.
 */
function answerAbout(page: Page, name: string): Promise<Response> {
  return page.waitForResponse(answer =>
    answer.url().includes(`/records/${name}`)
  );
}

/**
 * Have every save of a file wait until it is let go on.
 */
async function holdSaves(
  page: Page,
  file: string
): Promise<{ begun: Promise<unknown>; finish: () => void }> {
  let finish = (): void => undefined;
  const held = new Promise<void>(resolve => {
    finish = resolve;
  });
  await page.route(new RegExp(`/api/contents/.*${file}`), async route => {
    if (route.request().method() === 'PUT') {
      await held;
    }
    await route.continue();
  });
  const begun = page.waitForRequest(
    request => request.method() === 'PUT' && request.url().includes(file)
  );
  return { begun, finish };
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

test('a copy tells that its original has changed, and offers the new version', async ({
  page,
  rest,
  tmpPath,
  name
}) => {
  const file = `${name}_loader.ipynb`;
  const notice = page.getByText(
    `The loader notebook of "${name}" has changed since you copied it to ${file}.`
  );
  await test.step('not while it is the same', async () => {
    await loadAnew(page);
    await expectNotebook(page, file);
    await expect(notice).toBeHidden();
  });

  await rest.update(name, {}, `${tmpPath}/new.py`);
  await test.step('close and reopen in the same page: the notice is there, once', async () => {
    for (const _ of ['first', 'again']) {
      await close(page, file);
      await open(page, `${FOLDER}/${file}`);
      await expectNotebook(page, file);
      await expect(notice).toHaveCount(1);
    }
  });
  const mine = await page.contents.getContentMetadata(`${FOLDER}/${file}`);
  await page.getByRole('button', { name: NEWER }).click();
  await expectNotebook(page, `${name}_loader-1.ipynb`);
  await expect(page.locator('.jp-Notebook:visible')).toContainText(
    'print("new")'
  );
  await expect(notice).toBeHidden();
  const after = await page.contents.getContentMetadata(`${FOLDER}/${file}`);
  expect(after?.last_modified).toBe(mine?.last_modified);

  await test.step('nor does it come again in this page', async () => {
    const looked = answerAbout(page, name);
    await open(page, `${FOLDER}/${file}`);
    expect((await looked).ok()).toBe(true);
    await expectNotebook(page, file);
    await expect(notice).toBeHidden();
  });
});

test('a copy that is opened while it is being closed tells, too', async ({
  page,
  rest,
  tmpPath,
  name
}) => {
  const file = `${name}_loader.ipynb`;
  const notice = page.getByText(/has changed since you copied it to/);
  await rest.update(name, {}, `${tmpPath}/new.py`);
  // It is saved first, which may take long.
  const save = await holdSaves(page, file);
  await page.notebook.setCell(0, 'markdown', 'Mine');
  await tabOf(page, file).locator('.lm-TabBar-tabCloseIcon').click();
  await page.getByRole('dialog').getByRole('button', { name: 'Save' }).click();
  await save.begun;
  // JupyterLab has no other notebook for it, as long as this one is there.
  await open(page, `${FOLDER}/${file}`);
  await expect(notice).toHaveCount(1);
  save.finish();
  await expect(tabOf(page, file)).toHaveCount(0);

  await open(page, `${FOLDER}/${file}`);
  await expectNotebook(page, file);
  await expect(page.locator('.jp-Notebook:visible')).toContainText('Mine');
  await expect(notice).toHaveCount(1);
});

test('a copy is silent for good where one says so, until the next change', async ({
  page,
  rest,
  tmpPath,
  name
}) => {
  const notice = page.getByText(/has changed since you copied it to/);
  await rest.update(name, {}, `${tmpPath}/new.py`);
  await loadAnew(page);
  await expect(notice).toBeVisible();
  await page.getByRole('button', { name: "Don't show again" }).click();
  await expect(notice).toBeHidden();

  const looked = answerAbout(page, name);
  await loadAnew(page);
  expect((await looked).ok()).toBe(true);
  await expectNotebook(page, `${name}_loader.ipynb`);
  await expect(notice).toBeHidden();

  await rest.update(name, {}, `${tmpPath}/newest.py`);
  await loadAnew(page);
  await expect(notice).toBeVisible();
});

test('a copy is in the folder for notebooks, clean, and opened again', async ({
  page,
  panel,
  rest,
  name
}) => {
  const file = `${name}_loader.ipynb`;
  // JupyterLab's mark of a document that is not saved.
  const unsaved = page.locator('.lm-DockPanel-tabBar .jp-mod-dirty');
  expect(await page.contents.fileExists(`${FOLDER}/${file}`)).toBe(true);
  await expect(
    page.getByRole('main').getByRole('button', { name: 'Python 3 (ipykernel)' })
  ).toBeVisible();
  await expect(async () => {
    const language = await page.evaluate(() => {
      const panel = window.jupyterapp.shell.currentWidget as unknown as {
        content: { model: { getMetadata: (key: string) => unknown } };
      };
      return panel.content.model.getMetadata('language_info');
    });
    // The kernel has said which language it speaks.
    expect(language).toHaveProperty('version');
  }).toPass();
  await expect(unsaved).toHaveCount(0);
  await tabOf(page, file).locator('.lm-TabBar-tabCloseIcon').click();
  await expect(tabOf(page, file)).toHaveCount(0);
  await expect(page.getByRole('dialog')).toHaveCount(0);

  await panel.choose(name, 'Open loader notebook');
  await expectNotebook(page, file);
  const again = `${FOLDER}/${name}_loader-1.ipynb`;
  expect(await page.contents.fileExists(again)).toBe(false);
});

test('a copy of what was retired is an ordinary notebook', async ({
  page,
  rest,
  name
}) => {
  await rest.retire(name);
  const looked = answerAbout(page, name);
  await loadAnew(page);
  expect((await looked).status()).toBe(404);
  await expectNotebook(page, `${name}_loader.ipynb`);
  await expect(page.locator('.Toastify__toast')).toHaveCount(0);
});
