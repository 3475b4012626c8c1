import { expect, test } from '../support/test';

const DONE = 'It is in the catalog and on the Hub.';
const KEPT = 'The prepared files were kept';

test.describe('a publication that fails at the commit', () => {
  test.beforeEach(async ({ panel, name, hub, rest }) => {
    await hub.fail({
      kind: 'server_error',
      path: `*/NERSC/${name}/commit/*`,
      count: null
    });
    await panel.begin(name, `Tides ${name}`);
    await panel.publish();
    await expect(panel.region.getByText(KEPT)).toBeVisible();
    expect(await hub.has(name)).toBe(true);
    expect(await rest.has(name)).toBe(false);
    await hub.clearFaults();
  });

  test('is found again, resumed, and ends in one commit', async ({
    panel,
    name,
    hub,
    rest
  }) => {
    const unfinished = panel.region.getByText(
      `Publishing ${name} did not finish.`
    );
    await panel.button('Back to the form').click();
    await expect(panel.form.field('Nickname')).toHaveValue(name);
    await panel.button('Datasets').click();
    await expect(unfinished).toBeVisible();
    await panel.button(`Show: Publishing ${name}`).click();

    await panel.button('Resume').click();
    await expect(panel.region.getByText(DONE)).toBeVisible();
    await panel.button('Datasets').click();
    await expect(unfinished).toBeHidden();
    expect(await rest.has(name)).toBe(true);
    expect(await hub.commits(name)).toHaveLength(2);

    // Its draft is done with, too.
    expect(await rest.drafts(name)).toEqual([]);
  });

  test('is undone, and leaves nothing but the draft', async ({
    panel,
    name,
    hub,
    rest
  }) => {
    // What leaves the Hub is named in full, and kept until one says so.
    await panel.button('Undo').click();
    await expect(
      panel.page.getByRole('dialog').getByText(`NERSC/${name} from the Hub`)
    ).toBeVisible();
    expect(await hub.has(name)).toBe(true);
    await panel.answer('Undo and delete');
    await expect(panel.region.getByText('Nothing was left behind.')).toBeVisible();
    expect(await hub.has(name)).toBe(false);
    expect(await rest.has(name)).toBe(false);
    expect(await rest.drafts(name)).toHaveLength(1);
  });
});

test('what one may not write is proposed as a pull request', async ({
  panel,
  name,
  hub,
  rest
}) => {
  await rest.publish({ name, pretty_name: `Tides ${name}` });
  await rest.send('PUT', 'session/token', { token: hub.token('contributor') });
  try {
    await panel.open();
    await panel.region.getByLabel('Search datasets').fill(name);
    await panel.choose(`Tides ${name}`, 'Edit');
    await panel.form.field('Description').fill('Low water, too.');
    await panel.form.button('Publish the changes').click();
    await panel.agree();
    await panel.button('Publish as pull request').click();
    await expect(
      panel.region.getByText('It is waiting for review on the Hub.')
    ).toBeVisible();
    await expect(
      panel.region.getByRole('link', { name: 'Pull request' })
    ).toHaveAttribute('href', `${hub.url}/datasets/NERSC/${name}/discussions/1`);
    expect(await hub.pullRequests(name)).toEqual([1]);
    expect(await hub.card(name)).not.toContain('Low water, too.');
  } finally {
    await rest.send('DELETE', 'session/token');
  }
});

test('what is cancelled is taken back', async ({ panel, name, hub, rest }) => {
  await hub.fail({ kind: 'slow', path: `*/NERSC/${name}/commit/*`, seconds: 8 });
  await panel.begin(name, `Tides ${name}`);
  await panel.publish();
  await expect(panel.region.getByText(/^Sending \d+ files in one commit$/)).toBeVisible();
  expect(await hub.has(name)).toBe(true);
  await panel.button('Cancel').click();
  await expect(panel.region.getByText('It was cancelled.')).toBeVisible();
  expect(await hub.has(name)).toBe(false);
  expect(await rest.has(name)).toBe(false);
  await panel.button('Back to the form').click();
  await expect(panel.form.field('Nickname')).toHaveValue(name);
});
