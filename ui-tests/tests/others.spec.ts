import { giveAway } from '../support/catalogFolder';
import { expect, test } from '../support/test';

const NOBODY = 65534;

test.describe('the publication that somebody else began', () => {
  test.skip(
    process.getuid?.() !== 0,
    'Only root can give a folder to somebody else.'
  );

  test.beforeEach(async ({ panel, name, hub, rest }) => {
    await hub.fail({
      kind: 'server_error',
      path: `*/NERSC/${name}/commit/*`,
      count: null
    });
    await panel.begin(name, `Tides ${name}`);
    await panel.publish();
    await expect(
      panel.region.getByText('The prepared files were kept')
    ).toBeVisible();
    await hub.clearFaults();
    await giveAway(rest, `.${name}.staging`, NOBODY);
  });

  test('is finished only after a plain yes', async ({
    panel,
    name,
    hub,
    rest
  }) => {
    const dialog = panel.page.getByRole('dialog');
    await panel.button('Resume').click();
    await expect(
      dialog.getByText(`Finish the publication of "${name}"?`)
    ).toBeVisible();
    await expect(dialog).toContainText('It was started by nobody.');
    await expect(dialog).toContainText(`NERSC/${name}`);
    await panel.answer('Cancel');
    expect(await rest.has(name)).toBe(false);
    expect(await hub.commits(name)).toHaveLength(1);

    await panel.button('Resume').click();
    await panel.answer('Finish');
    await expect(
      panel.region.getByText('It is in the catalog and on the Hub.')
    ).toBeVisible();
    expect(await rest.has(name)).toBe(true);
    expect(await hub.commits(name)).toHaveLength(2);
  });

  test('takes nothing from the Hub before one says so', async ({
    panel,
    name,
    hub,
    rest
  }) => {
    const dialog = panel.page.getByRole('dialog');
    await panel.button('Undo').click();
    await expect(dialog).toContainText('It was started by nobody.');
    await expect(dialog).toContainText(`NERSC/${name} from the Hub`);
    expect(await hub.has(name)).toBe(true);
    await panel.answer('Undo and delete');
    await expect(panel.region.getByText('Nothing was left behind.')).toBeVisible();
    expect(await hub.has(name)).toBe(false);
    expect(await rest.has(name)).toBe(false);
  });
});

test('a repository that another entry is known by is changed only after a yes', async ({
  panel,
  name,
  hub,
  rest
}) => {
  await rest.publish({ name, pretty_name: `Tides ${name}` });
  await hub.write(name, 'record.json', JSON.stringify({ name: 'voids' }));
  await panel.open();
  await panel.region.getByLabel('Search datasets').fill(name);
  await panel.choose(`Tides ${name}`, 'Edit');
  await panel.form.field('Description').fill('Low water, too.');
  await panel.form.button('Publish the changes').click();
  await panel.agree();
  await expect(
    panel.region.getByText(`Is 'NERSC/${name}' the right repository?`)
  ).toBeVisible();
  expect(await hub.card(name)).not.toContain('Low water, too.');

  const dialog = panel.page.getByRole('dialog');
  await panel.region.getByRole('button', { name: `NERSC/${name}` }).click();
  await expect(
    dialog.getByText(`Change NERSC/${name} on the Hub?`)
  ).toBeVisible();
  await panel.answer('Cancel');
  expect(await hub.card(name)).not.toContain('Low water, too.');

  await panel.region.getByRole('button', { name: `NERSC/${name}` }).click();
  await panel.answer('Change');
  await expect(
    panel.region.getByText('It is in the catalog and on the Hub.')
  ).toBeVisible();
  expect(await hub.card(name)).toContain('Low water, too.');
});
