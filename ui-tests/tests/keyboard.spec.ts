import { Keyboard } from '../support/keyboard';
import { expectNotebook } from '../support/notebook';
import { expect, test } from '../support/test';

test('a dataset is cataloged without the mouse', async ({
  page,
  panel,
  name,
  rest
}) => {
  test.slow();
  const keys = new Keyboard(page);
  const { region, form } = panel;
  // What a screen reader is told, in its own words.
  const said = region.getByRole('status');

  await test.step('the shortcut opens the panel, and goes into it', async () => {
    await page.keyboard.press('Control+Alt+Y');
    // Not a certain row: a long list draws only those in sight.
    await expect(panel.rows.first()).toBeVisible();
    await keys.tabTo(panel.button('Catalog a dataset'));
    await keys.press('Enter');
    await expect(form.field('Nickname')).toBeVisible();
    await keys.expectFocus();
  });

  await test.step('errors are counted, said, and walked through', async () => {
    await keys.tabTo(form.button('Preview'));
    await keys.press('Enter');
    await expect(form.field('Official name')).toBeFocused();
    await expect(said.filter({ hasText: '3 errors' })).toBeVisible();
    await keys.type(`Tides ${name}`);
    await expect(said.filter({ hasText: '2 errors' })).toBeVisible();
    await keys.tabTo(form.button('Next error'));
    await keys.press('Enter');
    await expect(form.field('Nickname')).toBeFocused();
    await expect(form.field('Nickname')).toHaveAccessibleDescription(
      /Error: Nickname is missing/
    );

    await keys.type(name);
    await expect(said.filter({ hasText: '1 error' })).toBeVisible();
    await keys.tabTo(form.button('Next error'));
    await keys.press('Enter');
    await expect(form.choice('Size')).toBeFocused();
  });

  await test.step('choices are made by typing and with the arrows', async () => {
    await keys.choose(
      form.choice('Size'),
      'fewer than 1,000',
      form.options('Size')
    );
    await keys.press('Escape');
    await expect(said.filter({ hasText: 'No errors.' })).toBeVisible();

    await keys.tabTo(form.choice('Licence'), 'Shift+Tab');
    await keys.choose(
      form.choice('Licence'),
      'cc-by-4',
      form.options('Licence')
    );
    await expect(form.choice('Licence')).toHaveValue(/Attribution 4\.0/i);

    await keys.tabTo(form.choice('Tags'));
    await keys.type('tide gauge,');
    await keys.type('climate');
    await keys.press('Enter');
    await keys.press('Escape');
    await expect(
      region.getByRole('list', { name: 'Tags' }).getByRole('listitem')
    ).toHaveCount(2);

    await keys.tabTo(form.section('More details'));
    await keys.press('Enter');
    const tasks = form.choice('Tasks');
    await keys.tabTo(tasks);
    await keys.choose(tasks, 'tabular cl', form.options('Tasks'));
    await keys.choose(tasks, 'tabular reg', form.options('Tasks'));
    await keys.press('Escape');
    const chosen = region.getByRole('list', { name: 'Tasks' });
    await expect(chosen.getByRole('listitem')).toHaveCount(2);
    await keys.tabTo(
      chosen.getByRole('button', { name: 'Remove Tabular Classification' }),
      'Shift+Tab'
    );
    await keys.press('ArrowRight');
    await keys.press('Delete');
    await expect(chosen.getByRole('listitem')).toHaveCount(1);
    await keys.expectFocus();

    await keys.choose(
      form.choice('Languages'),
      'icelandic',
      form.options('Languages')
    );
    await keys.press('Escape');
  });

  await test.step('it is published step by step, and every step is said', async () => {
    await keys.tabTo(form.button('Publish'));
    await keys.press('Enter');
    const dialog = page.getByRole('dialog');
    await expect(dialog).toContainText('Publish this dataset?');
    await expect(
      dialog.getByRole('button', { name: 'Publish anyway' })
    ).toBeFocused();
    await page.keyboard.press('Enter');
    await expect(
      region.locator('[aria-live="polite"]').getByText('files sent')
    ).toBeVisible();
    await expect(
      said.filter({ hasText: 'It is in the catalog and on the Hub.' })
    ).toBeVisible();
    await keys.expectFocus();
    expect(await rest.has(name)).toBe(true);
  });

  await test.step('its notebook opens, and one comes back to the list', async () => {
    await keys.tabTo(panel.button('Open loader notebook'));
    await keys.press('Enter');
    await expectNotebook(page, `${name}_loader.ipynb`);
    await keys.expectFocus();
    await page.keyboard.press('Control+Alt+Y');
    await keys.tabTo(panel.button('Datasets'));
    await keys.press('Enter');
    await keys.expectFocus();
  });

  await test.step('the arrows walk the list, and a menu opens in it', async () => {
    // One row of the list takes part in the tab order.
    const rows = region.getByRole('list', { name: 'Datasets' });
    await keys.tabTo(rows.locator('button[tabindex="0"]').first());
    await keys.press('Home');
    await expect(rows.getByRole('button').first()).toBeFocused();
    await keys.press('ArrowDown');
    await expect(rows.getByRole('button').first()).not.toBeFocused();
    await keys.press('ArrowUp');
    await expect(rows.getByRole('button').first()).toBeFocused();
    const filter = region.getByLabel('Search datasets');
    await keys.tabTo(filter, 'Shift+Tab');
    await keys.type(name);
    await expect(said.filter({ hasText: '1 dataset' })).toBeVisible();
    const more = region.getByRole('button', { name: /^More actions for Tides/ });
    await keys.tabTo(more);
    await keys.press('Enter');
    const menu = page.getByRole('menu');
    await expect(
      menu.getByRole('menuitem', { name: 'Show dataset' })
    ).toBeVisible();
    await keys.press('Escape');
    await expect(menu).toBeHidden();
    await expect(more).toBeFocused();

    await keys.press('Enter');
    await keys.press('ArrowDown');
    await page.keyboard.press('Enter');
    await expect(
      region.getByRole('heading', { name: `Tides ${name}`, level: 3 })
    ).toBeVisible();
    await keys.expectFocus();
  });
});

test('a dataset is found, read and cited without the mouse', async ({
  page,
  panel,
  context,
  rest,
  name
}) => {
  // It publishes three times.
  test.slow();
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  const tags = ['oceanography', name];
  await rest.publish({ name, tags, pretty_name: `Tides ${name}` });
  await rest.publish({ name: `${name}-2`, tags, pretty_name: `Waves ${name}` });
  await rest.found(name, 2);
  const keys = new Keyboard(page);
  const { region } = panel;
  const pageOf = (title: string) =>
    region.getByRole('group', { name: title, exact: true });
  const copied = () => page.evaluate(() => navigator.clipboard.readText());
  const unfold = async (title: string): Promise<void> => {
    const toggle = region.getByRole('button', { name: title, exact: true });
    await keys.tabTo(toggle);
    if ((await toggle.getAttribute('aria-expanded')) === 'false') {
      await keys.press('Enter');
      await expect(toggle).toHaveAttribute('aria-expanded', 'true');
    }
    await expect(toggle).toBeFocused();
  };

  await test.step('from the search into the list, and to the dataset', async () => {
    await page.keyboard.press('Control+Alt+Y');
    const field = region.getByLabel('Search datasets');
    await keys.tabTo(field);
    await keys.type(`tides ${name}`);
    // The list of before may show the row, too, but not as its first.
    await expect(panel.rows).toHaveCount(1);
    const row = region.getByRole('button', { name: new RegExp(`^Tides ${name}`) });
    await expect(row).toBeVisible();
    await keys.press('ArrowDown');
    await expect(row).toBeFocused();
    await keys.press('Enter');
    await expect(pageOf(`Tides ${name}`)).toBeFocused();
  });

  await test.step('a path, and how to cite it, are copied', async () => {
    const path = region.getByRole('button', { name: /^Copy the path/ }).first();
    await keys.tabTo(path);
    await keys.press('Enter');
    await expect(path).toBeFocused();
    await expect.poll(copied).toMatch(/^\//);
    await unfold('Cite');
    const format = region.getByRole('combobox', { name: 'Format' });
    await keys.tabTo(format);
    await keys.type('CFF');
    await expect(region.locator('.hnl-Cite-text')).toContainText('cff-version');
    await keys.tabTo(panel.button('Copy the citation'));
    await keys.press('Enter');
    await expect.poll(copied).toContain('cff-version');
    await expect(panel.button('Copy the citation')).toBeFocused();
  });

  await test.step('its versions are told without the focus leaving them', async () => {
    await unfold('Versions');
    const version = region.locator('.hnl-Versions-item').first();
    await expect(version).toBeVisible();
    await keys.tabTo(version.getByRole('link'));
  });

  await test.step('to one that is like it, and back to where one was', async () => {
    await unfold('Related datasets');
    const other = region
      .locator('.hnl-Related')
      .getByRole('button', { name: `Waves ${name}` });
    await keys.tabTo(other);
    await keys.press('Enter');
    await expect(pageOf(`Waves ${name}`)).toBeFocused();
    await keys.tabTo(panel.button(`Back to Tides ${name}`));
    await keys.press('Enter');
    await expect(other).toBeFocused();
    await keys.tabTo(
      region.getByRole('button', { name: 'Datasets', exact: true }),
      'Shift+Tab'
    );
    await keys.press('Enter');
    await expect(
      region.getByRole('button', { name: new RegExp(`^Tides ${name}`) })
    ).toBeFocused();
    await expect(region.getByLabel('Search datasets')).toHaveValue(
      `tides ${name}`
    );
  });
});
