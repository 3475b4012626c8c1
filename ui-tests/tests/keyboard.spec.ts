import type { IJupyterLabPageFixture } from '@jupyterlab/galata';
import type { Locator } from '@playwright/test';

import { expectNotebook } from '../support/notebook';
import { expect, test } from '../support/test';

/**
 * A person without a mouse: every key goes to whatever has the focus.
 */
class Keyboard {
  constructor(private readonly _page: IJupyterLabPageFixture) {}

  /**
   * Press a key, and expect the focus not to be lost by it.
   */
  async press(key: string): Promise<void> {
    await this._page.keyboard.press(key);
    await this.expectFocus();
  }

  async type(text: string): Promise<void> {
    await this._page.keyboard.type(text);
    await this.expectFocus();
  }

  /**
   * Walk with Tab until something has the focus.
   */
  async tabTo(target: Locator, key: 'Tab' | 'Shift+Tab' = 'Tab'): Promise<void> {
    for (let presses = 0; presses < 60; presses++) {
      if (await isFocused(target)) {
        return;
      }
      await this.press(key);
    }
    throw new Error(`${key} does not lead to ${String(target)}`);
  }

  /**
   * Choose in a field with a list: type, walk away from the first line and back to it, take it.
   */
  async choose(field: Locator, text: string, options: Locator): Promise<void> {
    await this.tabTo(field);
    await this.type(text);
    const first = options.first();
    await expect(first).toContainText(text, { ignoreCase: true });
    await this.press('ArrowDown');
    await this.press('ArrowUp');
    const id = (await first.getAttribute('id')) ?? '';
    await expect(field).toHaveAttribute('aria-activedescendant', id);
    await this.press('Enter');
    await expect(field).toBeFocused();
  }

  async expectFocus(): Promise<void> {
    await expect
      .poll(
        () =>
          this._page.evaluate(() => {
            const { activeElement } = document;
            return activeElement !== null && activeElement !== document.body;
          }),
        { message: 'something has the focus' }
      )
      .toBe(true);
  }
}

function isFocused(target: Locator): Promise<boolean> {
  return target.evaluateAll(nodes =>
    nodes.some(node => node === document.activeElement)
  );
}

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
    await expect(panel.dataset('Iris')).toBeVisible();
    await keys.tabTo(panel.button('Catalog a dataset'));
    await keys.press('Enter');
    await expect(form.field('Nickname')).toBeVisible();
    await keys.expectFocus();
  });

  await test.step('errors are counted, said, and walked through', async () => {
    await keys.tabTo(form.button('Preview'));
    await keys.press('Enter');
    await expect(form.field('Nickname')).toBeFocused();
    await expect(said.filter({ hasText: '3 errors' })).toBeVisible();
    await expect(form.field('Nickname')).toHaveAccessibleDescription(
      /Error: Nickname is missing/
    );

    await keys.type(name);
    await expect(said.filter({ hasText: '2 errors' })).toBeVisible();
    await keys.tabTo(form.button('Next error'));
    await keys.press('Enter');
    await expect(form.field('Official name')).toBeFocused();
    await keys.type(`Tides ${name}`);
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

    const tasks = form.choice('Tasks');
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

    await keys.tabTo(form.choice('Tags'));
    await keys.type('tide gauge,');
    await keys.type('climate');
    await keys.press('Enter');
    await keys.press('Escape');
    await expect(
      region.getByRole('list', { name: 'Tags' }).getByRole('listitem')
    ).toHaveCount(2);
  });

  await test.step('it is published step by step, and every step is said', async () => {
    await keys.tabTo(form.button('Publish'));
    await keys.press('Enter');
    const dialog = page.getByRole('dialog');
    await expect(dialog).toContainText('Publish it?');
    await expect(
      dialog.getByRole('button', { name: 'Publish' })
    ).toBeFocused();
    await page.keyboard.press('Enter');
    await expect(
      region.locator('[aria-live="polite"]').getByText('files sent')
    ).toBeVisible();
    await expect(
      said.filter({ hasText: 'It is in the catalog and on the Hub.' })
    ).toBeVisible();
    await keys.expectFocus();
    expect(await rest.names()).toContain(name);
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
      menu.getByRole('menuitem', { name: 'Inspect' })
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
