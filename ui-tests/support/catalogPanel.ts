import { expect, type IJupyterLabPageFixture } from '@jupyterlab/galata';
import type { Locator } from '@playwright/test';

import { EntryForm } from './entryForm';

/**
 * The panel in the sidebar, as a person sees it.
 */
export class CatalogPanel {
  constructor(readonly page: IJupyterLabPageFixture) {
    this.icon = page.getByRole('tab', { name: 'Dataset catalog' });
    this.region = page.getByRole('region', { name: 'Dataset catalog' });
    this.form = new EntryForm(page, this.region);
  }

  /**
   * Its icon in the left sidebar.
   */
  readonly icon: Locator;
  readonly region: Locator;
  /**
   * The form, while the panel shows one.
   */
  readonly form: EntryForm;

  async open(): Promise<void> {
    if (!(await this.region.isVisible())) {
      await this.icon.click();
    }
    await this.region.waitFor();
  }

  /**
   * Begin an entry, and write what none can do without.
   */
  async begin(name: string, officialName: string): Promise<void> {
    await this.open();
    await this.button('Catalog a dataset').click();
    await this.form.field('Nickname').fill(name);
    await this.form.fillRequired(officialName);
  }

  /**
   * The lines of the list that are drawn.
   */
  get rows(): Locator {
    return this.region
      .getByRole('list', { name: 'Datasets' })
      .getByRole('listitem');
  }

  /**
   * The line of a dataset in the list.
   */
  dataset(title: string): Locator {
    return this.rows.filter({
      has: this.page.getByRole('button', {
        name: `More actions for ${title}`
      })
    });
  }

  /**
   * Choose something from a dataset's menu.
   */
  async choose(title: string, action: string): Promise<void> {
    await this.region
      .getByRole('button', { name: `More actions for ${title}` })
      .click();
    await this._menuItem(action).click();
  }

  /**
   * Choose something from the context menu of a file or a folder in the file browser.
   */
  async chooseFor(file: string, action: string): Promise<void> {
    await this.page.sidebar.openTab('filebrowser');
    // JupyterLab drops the selection, and with it the menu's items, when it reloads the folder.
    await expect(async () => {
      await this.file(file).click({ button: 'right' });
      await this._menuItem(action).click({ timeout: 5000 });
    }).toPass({ timeout: 30 * 1000 });
  }

  /**
   * A file or a folder in the file browser.
   */
  file(name: string): Locator {
    return this.page
      .getByRole('region', { name: 'File Browser Section' })
      .getByRole('listitem', { name: `Name: ${name}` });
  }

  button(name: string): Locator {
    return this.region.getByRole('button', { name, exact: true });
  }

  /**
   * Press a button of the dialog that is open.
   */
  async answer(name: string): Promise<void> {
    await this.page
      .getByRole('dialog')
      .getByRole('button', { name, exact: true })
      .click();
  }

  /**
   * Publish what the form holds, and say yes.
   */
  async publish(): Promise<void> {
    await this.form.button('Publish').click();
    await this.agree();
  }

  /**
   * Say yes to a publication, whatever speaks against it.
   */
  async agree(): Promise<void> {
    await this.page
      .getByRole('dialog')
      .getByRole('button', { name: /^Publish( anyway)?$/ })
      .click();
  }

  private _menuItem(name: string): Locator {
    return this.page
      .getByRole('menu')
      .getByRole('menuitem', { name, exact: true });
  }
}
