import type { IJupyterLabPageFixture } from '@jupyterlab/galata';
import type { Locator } from '@playwright/test';

/**
 * The form of an entry, in the sidebar or in a tab.
 */
export class EntryForm {
  constructor(
    readonly page: IJupyterLabPageFixture,
    readonly root: Locator
  ) {}

  field(label: string): Locator {
    return this.root.getByRole('textbox', { name: label, exact: true });
  }

  choice(label: string): Locator {
    return this.root.getByRole('combobox', { name: label, exact: true });
  }

  /**
   * The lines of the list under a field with choices, while it is open.
   */
  options(label: string): Locator {
    return this.root.getByRole('listbox', { name: label }).getByRole('option');
  }

  button(name: string): Locator {
    return this.root.getByRole('button', { name, exact: true });
  }

  section(title: string): Locator {
    return this.root.getByRole('button', { name: title, exact: true });
  }

  /**
   * Unfold what few datasets need.
   */
  async unfold(): Promise<void> {
    const more = this.root.getByRole('button', { name: /^More details/ });
    if ((await more.getAttribute('aria-expanded')) === 'false') {
      await more.click();
    }
  }

  /**
   * The part of the form about a script.
   */
  script(label: 'Loader script' | 'Batch script'): Locator {
    return this.root.getByRole('group', { name: label });
  }

  /**
   * Type into a field with choices and take the first that fits.
   */
  async choose(label: string, text: string): Promise<void> {
    await this.choice(label).fill(text);
    await this.options(label).first().click();
  }

  /**
   * Write what no entry can do without, besides the nickname.
   */
  async fillRequired(officialName: string): Promise<void> {
    await this.field('Official name').fill(officialName);
    await this.choose('Size', 'fewer than 1,000');
  }
}
