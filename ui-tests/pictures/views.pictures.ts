import type { IJupyterLabPageFixture } from '@jupyterlab/galata';
import type { Locator } from '@playwright/test';

import { Rest } from '../support/rest';
import { expect, test } from '../support/test';
import {
  type Look,
  tourCatalog,
  tourForm,
  tourJobs,
  tourProblems
} from '../support/tours';
import { DATASETS, LOADER } from './datasets';

const FOLDER = '../docs/images';

/**
 * The moment at which everything was published, in pictures.
 */
const PUBLISHED = '2026-03-02T09:30:00+00:00';

/**
 * Views that are shown in the dark theme, too.
 */
const DARK = ['list', 'form-errors', 'tab'];

test.beforeAll(async ({ request }) => {
  const rest = new Rest(request);
  if (await rest.has(DATASETS[0]!.name)) {
    return;
  }
  for (const values of DATASETS) {
    const { name } = values;
    await request.put(`/api/contents/${name}`, { data: { type: 'directory' } });
    const { data_path } = await rest.send<{ data_path: string }>(
      'POST',
      'locations',
      { contents_path: name }
    );
    await rest.publish({ ...values, data_path, access_group: 'm1234' });
  }
});

test.beforeEach(async ({ page }) => {
  // What changes with each run or machine would change the pictures.
  await page.route(/\/huggingnersc-lab\/records\/[^/]+$/, async route => {
    const answer = await route.fetch();
    const text = await answer.text();
    const fixed = text
      .replace(/("(?:published|updated)_at": ?)"[^"]*"/g, `$1"${PUBLISHED}"`)
      .replace(/("published_by": ?)"[^"]*"/g, '$1"jovyan"');
    await route.fulfill({ response: answer, body: fixed });
  });
});

/**
 * Takes pictures of a tour's views.
 */
function photographer(page: IJupyterLabPageFixture): Look {
  return async (view, root) => {
    await page.mouse.move(700, 600);
    await take(page, `panel-${view}`, root);
    if (DARK.includes(view)) {
      await page.theme.setDarkTheme();
      await take(page, `panel-${view}-dark`, root);
      await page.theme.setLightTheme();
    }
  };
}

async function take(
  page: IJupyterLabPageFixture,
  name: string,
  root: Locator
): Promise<void> {
  await page.evaluate(() => document.fonts.ready);
  await root.screenshot({
    path: `${FOLDER}/${name}.png`,
    animations: 'disabled',
    caret: 'hide',
    scale: 'device'
  });
}

test('a draft in a tab, with its card', async ({ page, panel, tmpPath }) => {
  await page.contents.uploadContent(LOADER, 'text', `${tmpPath}/load_sst.py`);
  await page.filebrowser.refresh();
  await page.setViewportSize({ width: 1300, height: 800 });
  await panel.open();
  await page.sidebar.setWidth(300);
  const { form } = panel;
  await panel.choose('Sea surface temperature', 'Edit');
  await expect(form.field('Official name')).toHaveValue(
    'Sea surface temperature'
  );
  await panel.chooseFor('load_sst.py', 'Use as loader');
  await panel.button('Open in a tab').click();
  const tab = page
    .getByRole('main')
    .getByRole('tabpanel', { name: 'Sea surface temperature' });
  const card = tab.getByRole('region', { name: 'Preview' });
  await card.getByRole('button', { name: 'Preview' }).click();
  await expect(
    card.getByRole('heading', { name: 'Sea surface temperature' })
  ).toBeVisible();
  await panel.open();
  await page.mouse.move(700, 600);
  await take(page, 'panel', page.locator('#main'));
  await page.theme.setDarkTheme();
  await take(page, 'panel-dark', page.locator('#main'));
});

for (const [title, name, tour] of [
  ['the catalog', 'tides', tourCatalog],
  ['the form', 'tides', tourForm],
  ['jobs', 'tides', tourJobs],
  ['problems', 'tides', tourProblems]
] as const) {
  test(title, async ({ page, panel, rest, hub }) => {
    await page.setViewportSize({ width: 1300, height: 760 });
    await panel.open();
    await page.sidebar.setWidth(300);
    await tour({ page, panel, rest, hub, name }, photographer(page));
  });
}
