import { expect, type IJupyterLabPageFixture } from '@jupyterlab/galata';
import type { Locator } from '@playwright/test';

/**
 * A person without a mouse: every key goes to whatever has the focus.
 */
export class Keyboard {
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
  async tabTo(
    target: Locator,
    key: 'Tab' | 'Shift+Tab' = 'Tab'
  ): Promise<void> {
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
