import type { Locator } from '@playwright/test';

import type { CatalogPanel } from '../support/catalogPanel';
import { expectAccessible, expectFitting } from '../support/looks';
import { expect, test } from '../support/test';

test.use({ permissions: ['clipboard-read', 'clipboard-write'] });

/**
 * A channel's card.
 */
function cardOf(panel: CatalogPanel, channel: string): Locator {
  return panel.region
    .locator('.hnl-Share')
    .filter({ has: panel.page.getByRole('heading', { name: channel }) });
}

/**
 * How long a job may take to start, to write the record and to end on a busy machine.
 */
const JOB = { timeout: 60 * 1000 };

test('a dataset becomes a torrent, and what to send comes with it', async ({
  page,
  panel,
  rest,
  tmpPath,
  name
}) => {
  test.setTimeout(240 * 1000);
  await page.contents.uploadContent(
    'height\n1.5\n',
    'text',
    `${tmpPath}/data/tides.csv`
  );
  const { data_path } = await rest.send<{ data_path: string }>(
    'POST',
    'locations',
    { contents_path: `${tmpPath}/data` }
  );
  await rest.publish({
    name,
    data_path,
    pretty_name: `Tides ${name}`,
    license: 'cc0-1.0',
    authors: [{ name: 'Ada Lovelace' }],
    description: 'High water at the pier.'
  });
  await page.goto(`?dataset=${name}`);
  await page.sidebar.setWidth(280);
  const { region } = panel;
  const card = cardOf(panel, 'Academic Torrents');
  const form = card.getByRole('form', { name: 'Create the torrent' });
  const create = form.getByRole('button', { name: 'Create the torrent' });
  const size = form.getByLabel('Piece size');
  const tracker = form.getByLabel('Tracker');
  await panel.button('Share').click();
  await expect(card).toContainText('not shared');
  await card.getByRole('button', { name: 'Create the torrent…' }).click();

  await test.step('wrong options are shown at their fields', async () => {
    await size.fill('7 apples');
    await tracker.fill('udp://tracker.example.org\nno address');
    await create.click();
    await expect(size).toHaveAccessibleDescription(/7 apples/);
    await expect(tracker).toHaveAccessibleDescription(/'no address'/);
    await expectFitting('the options', region);
    await expectAccessible(page, 'the options', card);
    await size.fill('1MiB');
    await expect(size).not.toHaveAttribute('aria-invalid');
    await expect(tracker).toHaveAttribute('aria-invalid', 'true');
    expect(await rest.job(name)).toMatchObject({ kind: 'publish' });
  });

  await test.step('the torrent is created', async () => {
    await tracker.fill('');
    await create.click();
    await expect(form).toBeHidden();
    await expect(card).toContainText('running');
    await expect(card.getByRole('progressbar')).toBeVisible();
    await expect(card).toContainText('started', JOB);
    await expect(card).toContainText('Nobody can find it until it is registered');
    await card.getByRole('button', { name: 'Copy magnet link' }).click();
    const link = await page.evaluate(() => navigator.clipboard.readText());
    expect(link).toMatch(/^magnet:\?xt=urn:btih:[0-9a-f]{40}&/);
    await expectFitting('the cards', region);
    await expectAccessible(page, 'the cards', card);
  });

  await test.step('without a key, there is a text for the upload form', async () => {
    const register = card.getByRole('button', { name: /^Register/ });
    await register.click();
    await expect(page.getByRole('dialog')).toContainText(
      `Publish the torrent of '${name}'`
    );
    await panel.answer('Cancel');
    await expect(register).toBeVisible();
    await register.click();
    await panel.answer('Register at Academic Torrents');
    await expect(card).toContainText('nothing was sent', JOB);
    await card.getByRole('button', { name: 'Show', exact: true }).click();
    await panel.button('Copy the text').click();
    const text = await page.evaluate(() => navigator.clipboard.readText());
    expect(text).toContain('High water at the pier.');
    await expectFitting('the result', region);
    await panel.button('Show the dataset').click();
    await expect(
      region.locator(`article[data-hnl-name="${name}"]`)
    ).toBeVisible();
  });
});

test('a key for another service is saved, and never shown again', async ({
  page,
  panel,
  rest
}) => {
  const secret = 'figshare-key-0123456789';
  const answers: Promise<string>[] = [];
  page.on('response', response => {
    // The stream of events has no end.
    if (/\/huggingnersc-lab\/(?!jobs\/events)/.test(response.url())) {
      answers.push(response.text().catch(() => ''));
    }
  });
  await panel.open();
  await page.sidebar.setWidth(280);
  await panel.button('Account').click();
  const form = panel.region
    .locator('form')
    .filter({ has: page.getByLabel('figshare', { exact: true }) });
  const field = form.getByLabel('figshare', { exact: true });
  await expect(form).toContainText('No key is saved.');
  await field.fill(secret);
  await form.getByRole('button', { name: 'Save' }).click();
  await expect(form).toContainText('A key is saved.');
  await expect(field).toHaveValue('');
  await expect(field).toHaveAttribute('type', 'password');
  await expectFitting('the keys', panel.region);
  await expectAccessible(page, 'the keys', panel.region);
  expect(JSON.stringify(await rest.get('keys'))).toContain('figshare');
  await page.reload();
  await panel.open();
  await panel.button('Account').click();
  await expect(form).toContainText('A key is saved.');
  expect(await page.content()).not.toContain(secret);
  expect((await Promise.all(answers)).join()).not.toContain(secret);

  await form.getByRole('button', { name: 'Remove' }).click();
  await expect(form).toContainText('No key is saved.');
});
