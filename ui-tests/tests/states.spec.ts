import { EntryForm } from '../support/entryForm';
import { CatalogPanel } from '../support/catalogPanel';
import { expect, test } from '../support/test';

test('two versions are told apart, until both are the same', async ({
  page,
  panel
}) => {
  const { region } = panel;
  const session = /\/huggingnersc-lab\/session/;
  let version = '0.0.1';
  await page.route(session, async route => {
    const answer = await route.fetch();
    await route.fulfill({ json: { ...(await answer.json()), version } });
  });
  await page.reload();
  await panel.open();
  await expect(region.getByText('The versions do not match')).toBeVisible();
  await expect(
    region.getByText('the server extension has version 0.0.1.')
  ).toBeVisible();
  await expect(panel.button('Catalog a dataset')).toBeHidden();

  version = '99.0.0';
  await panel.button('Try again').click();
  await expect(
    region.getByText('the server extension has version 99.0.0.')
  ).toBeVisible();

  await page.unroute(session);
  await panel.button('Try again').click();
  await expect(panel.rows.first()).toBeVisible();
});

test('a page that is loaded anew follows a publication that goes on', async ({
  page,
  panel,
  hub,
  name
}) => {
  await hub.fail({ kind: 'slow', path: `*/NERSC/${name}/commit/*`, seconds: 12 });
  await panel.begin(name, 'Tides');
  await panel.publish();
  await expect(panel.region.getByText(/^Sending \d+ files in one commit$/)).toBeVisible();
  await page.reload();
  await panel.open();
  await expect(panel.region.getByText(/^Sending \d+ files in one commit$/)).toBeVisible();
  await expect(
    panel.region.getByText('It is in the catalog and on the Hub.')
  ).toBeVisible({ timeout: 30000 });
  expect(await hub.commits(name)).toHaveLength(2);
});

test('a restarted browser shows the same view, tab and draft', async ({
  browser,
  baseURL,
  name
}) => {
  test.slow();
  const url = `${baseURL}/lab/workspaces/${name}`;
  const first = await browser.newContext();
  const before = await first.newPage();
  await before.goto(url);
  // Only what Playwright itself has is used of the page here.
  let panel = new CatalogPanel(before as CatalogPanel['page']);
  await panel.icon.click();
  await panel.button('Catalog a dataset').click();
  const main = before.getByRole('main');
  const form = new EntryForm(panel.page, main);
  await form.field('Nickname').fill(name);
  await form.field('Official name').fill('Tides');
  await expect(main.getByText('Saved')).toBeVisible();
  // The layout is kept a moment after it changed, whole each time.
  const kept = before.waitForResponse(
    answer =>
      answer.url().includes('/api/workspaces/') &&
      answer.request().method() === 'PUT' &&
      (answer.request().postData() ?? '').includes('huggingnersc-lab-draft') &&
      (answer.request().postData() ?? '').includes('"drafts"')
  );
  await panel.region.getByRole('button', { name: 'Drafts' }).click();
  await expect(
    panel.region.getByRole('button', { name: /^Tides/ }).first()
  ).toBeVisible();
  await kept;
  await first.close();

  const second = await browser.newContext();
  const after = await second.newPage();
  await after.goto(url);
  panel = new CatalogPanel(after as CatalogPanel['page']);
  await expect(panel.region).toBeVisible();
  await expect(
    panel.region.getByRole('button', { name: /^Tides/ }).first()
  ).toBeVisible();
  const tab = after.getByRole('main').getByRole('tabpanel', { name: 'Tides' });
  await expect(
    new EntryForm(panel.page, tab).field('Nickname')
  ).toHaveValue(name);
  await second.close();
});
