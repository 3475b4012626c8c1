import { codeCells, expectNotebook } from '../support/notebook';
import { expect, test } from '../support/test';

test('the loader notebook alone is written where one says, and opened', async ({
  page,
  panel,
  name,
  tmpPath,
  rest,
  hub
}) => {
  await page.contents.uploadContent(
    'print("ready")\n',
    'text',
    `${tmpPath}/load_tides.py`
  );
  await page.contents.createDirectory('dataset-notebooks');
  await page.contents.createDirectory(`dataset-notebooks/${name}`);
  await page.filebrowser.refresh();
  await panel.begin(name, 'Tides');
  await panel.chooseFor('load_tides.py', 'Use as loader');

  await panel.form.button('Generate notebook…').click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('listitem', { name: `Name: ${name}` }).click();
  await panel.answer('Select');

  await expectNotebook(page, `${name}_loader.ipynb`);
  expect(
    await page.contents.fileExists(
      `dataset-notebooks/${name}/${name}_loader.ipynb`
    )
  ).toBe(true);
  const cells = await codeCells(page);
  expect(cells.map(({ source }) => source).join('\n')).toContain(
    'print("ready")'
  );
  expect(await hub.requests(name)).toEqual([]);
  expect(await rest.has(name)).toBe(false);
});

test('publishing goes on when its tab is closed', async ({
  page,
  panel,
  name,
  hub
}) => {
  await panel.begin(name, 'Tides');
  await panel.button('Open in a tab').click();
  const tab = page.getByRole('main').getByRole('tabpanel', { name: 'Tides' });
  await hub.fail({ kind: 'slow', path: `*/${name}/commit/*`, seconds: 3 });
  await tab.getByRole('button', { name: 'Publish', exact: true }).click();
  await panel.agree();
  await expect(tab.getByText(/^Repository .* made$/)).toBeVisible();
  await expect(tab.getByText(/^Sending \d+ files in one commit$/)).toBeVisible();
  await page.activity.closePanel('Tides');
  await expect(tab).toBeHidden();

  await expect(
    panel.region.getByText(`Publishing ${name}…`)
  ).toBeVisible();
  await panel.region
    .getByRole('button', { name: `Show: Publishing ${name}` })
    .click();
  await expect(
    panel.region.getByText('It is in the catalog and on the Hub.')
  ).toBeVisible();

  await test.step('the links lead to the Hub', async () => {
    for (const link of ['Page on the Hub', 'Commit']) {
      const opened = page.waitForEvent('popup');
      await panel.region.getByRole('link', { name: link }).click();
      const hubPage = await opened;
      await expect(hubPage.getByText(name).first()).toBeVisible();
      await hubPage.close();
    }
  });
});
