import { LabServer } from '../support/labServer';
import { expect, test as sharedTest } from '../support/test';

/**
 * These take a server down, or a whole Hub: they have their own.
 */
const test = sharedTest.extend<object, { server: LabServer }>({
  server: [
    // eslint-disable-next-line no-empty-pattern
    async ({}, use) => {
      const server = await LabServer.create();
      await use(server);
      await server.dispose();
    },
    { scope: 'worker', timeout: 60 * 1000 }
  ],
  baseURL: async ({ server }, use) => {
    await use(server.url);
  },
  // Galata's watch over them ends a test whose server is gone; here they end with the server.
  kernels: null,
  sessions: null,
  terminals: null
});

const SAVED = 'Not saved yet.';

test('the Hub goes down: the catalog can be read, and a draft waits', async ({
  panel,
  name,
  hub
}) => {
  const { form, region } = panel;
  await panel.begin(name, `Tides ${name}`);
  await hub.fail({ kind: 'drop_before', count: null });
  await panel.button('Refresh').click();
  await expect(region.getByText('The Hub is not responding.')).toBeVisible();
  await form.field('Description').fill('High water.');
  await expect(region.getByText('Saved')).toBeVisible();
  await expect(
    region.getByText('The Hub is not responding, so you cannot publish now.')
  ).toBeVisible();
  await form.button('Preview').click();
  await expect(region.getByText('What will happen')).toBeVisible();
  await panel.button('Datasets').click();
  await region.getByRole('button', { name: /^Iris/ }).click();
  await expect(region.getByText('You can open it.')).toBeVisible();

  await hub.clearFaults();
  await panel.button('Refresh').click();
  await expect(region.getByText('The Hub is not responding.')).toBeHidden();
  await panel.button('Drafts').click();
  await region.getByRole('button', { name: new RegExp(`^Tides ${name}`) }).click();
  await panel.publish();
  await expect(
    region.getByText('It is in the catalog and on the Hub.')
  ).toBeVisible();
});

test('the Hub goes down just before publishing', async ({
  panel,
  name,
  hub,
  rest
}) => {
  await panel.begin(name, `Tides ${name}`);
  await expect(panel.form.button('Publish')).toBeVisible();
  await hub.fail({ kind: 'drop_before', count: null });
  await panel.publish();
  await expect(panel.region.getByRole('alert')).toContainText(name);
  await expect(
    panel.region.getByText('The Hub is not responding.')
  ).toBeVisible();
  expect(await rest.has(name)).toBe(false);
  await hub.clearFaults();
  await panel.button('Resume').click();
  await expect(
    panel.region.getByText('It is in the catalog and on the Hub.')
  ).toBeVisible();
});

test('the server is restarted: what was typed meanwhile is kept and saved', async ({
  page,
  panel,
  name,
  rest,
  server
}) => {
  const { form, region } = panel;
  await panel.begin(name, `Tides ${name}`);
  await expect(region.getByText('Saved')).toBeVisible();

  await server.stop();
  await form.field('Description').fill('Typed while nobody listened.');
  await expect(region.getByText(SAVED)).toBeVisible();
  await expect(form.field('Description')).toHaveValue(
    'Typed while nobody listened.'
  );

  await server.start();
  await expect(region.getByText(SAVED)).toBeHidden();
  await expect
    .poll(async () => (await rest.drafts(name))[0]?.content.values)
    .toMatchObject({ description: 'Typed while nobody listened.' });

  // JupyterLab itself says that its server was away.
  const lost = page.getByRole('dialog');
  if (await lost.isVisible()) {
    await lost.getByRole('button').last().click();
  }
  await panel.publish();
  await expect(
    region.getByText('It is in the catalog and on the Hub.')
  ).toBeVisible();
});

test('offline: the list says how old it is, the form keeps what was typed', async ({
  page,
  panel,
  name,
  rest
}) => {
  const { form, region } = panel;
  const ours = /\/huggingnersc-lab\//;
  await panel.begin(name, `Tides ${name}`);
  await page.route(ours, route => route.abort());
  await form.field('Description').fill('Typed offline.');
  await expect(region.getByText(SAVED)).toBeVisible();
  await panel.button('Datasets').click();
  await panel.button('Refresh').click();
  await expect(
    region.getByText('The Jupyter server cannot be reached.').first()
  ).toBeVisible();
  await expect(panel.rows.first()).toBeVisible();

  await page.unroute(ours);
  await region.getByRole('button', { name: 'Try again' }).first().click();
  await expect(
    region.getByText('The Jupyter server cannot be reached.')
  ).toBeHidden();
  await expect
    .poll(async () => (await rest.drafts(name))[0]?.content.values)
    .toMatchObject({ description: 'Typed offline.' });
});
