import { expect, type Locator, type Page } from '@playwright/test';

import type { ICard } from './cards';
import { catalog } from './catalogFolder';
import type { Outside } from './outside';
import type { Rest } from './rest';

/**
 * What a page tells of itself while cards are shown.
 */
interface IWitness {
  /**
   * How often code of a card has run.
   */
  ran: number;
  /**
   * Commands of JupyterLab that were run.
   */
  commands: string[];
  /**
   * The longest time in which the page could not answer, in milliseconds.
   */
  longest: number;
}

/**
 * What was found of a card; all of it should be empty, and 0.
 */
export interface IFindings {
  ran: number;
  commands: string[];
  dialogs: number;
  heard: number;
  swallowed: string[];
}

/**
 * What is run when a dataset's page is opened: ours, JupyterLab's for the page's new address, and
 * that of its older help menu, which asks for the kernel now and then.
 */
const OWN_COMMANDS = [
  'huggingnersc-lab:inspect',
  'apputils:load-statedb',
  'helpmenu:get-kernel'
];

/**
 * Opens cards one after the other, as a reader does, and presses everything in them.
 */
export class CardWalk {
  private constructor(
    private readonly _page: Page,
    private readonly _rest: Rest,
    private readonly _outside: Outside
  ) {}

  /**
   * Set up a page that shows JupyterLab.
   */
  static async begin(
    page: Page,
    rest: Rest,
    outside: Outside
  ): Promise<CardWalk> {
    const walk = new CardWalk(page, rest, outside);
    page.on('dialog', dialog => {
      walk._dialogs += 1;
      void dialog.dismiss();
    });
    await page.evaluate(() => {
      const witness: IWitness = { ran: 0, commands: [], longest: 0 };
      Object.assign(window, { witness, ran: () => (witness.ran += 1) });
      new PerformanceObserver(list => {
        for (const { duration } of list.getEntries()) {
          witness.longest = Math.max(witness.longest, duration);
        }
      }).observe({ type: 'longtask' });
      const { jupyterapp } = window as never as { jupyterapp: IApp };
      jupyterapp.commands.commandExecuted.connect((_, { id }) => {
        witness.commands.push(id);
      });
    });
    return walk;
  }

  /**
   * Put cards into the catalog.
   */
  async lay(cards: readonly ICard[]): Promise<void> {
    for (const { name, text } of cards) {
      await catalog(this._rest, [{ name }], text);
    }
  }

  /**
   * Show a dataset's page.
   */
  async open(name: string): Promise<Locator> {
    await this._page.evaluate(name => {
      const { jupyterapp } = window as never as { jupyterapp: IApp };
      return jupyterapp.commands.execute('huggingnersc-lab:inspect', { name });
    }, name);
    const entry = this._page.locator(`article[data-hnl-name="${name}"]`);
    await expect(entry).toBeVisible();
    return entry.locator('.hnl-Card');
  }

  /**
   * Open a card and press everything in it but the links that lead out.
   */
  async press({ name, headings }: ICard, settle = 0): Promise<IFindings> {
    await this._witness(true);
    const card = await this.open(name);
    await expect(card).toBeAttached();
    await this._page.waitForTimeout(settle);
    const shown = await card.locator('h1').allTextContents();
    await card.evaluate(async node => {
      for (const element of node.querySelectorAll('*')) {
        if (element.closest('a[href][target="_blank"]')) {
          continue;
        }
        for (const type of ['pointerover', 'click', 'click', 'dblclick']) {
          element.dispatchEvent(
            new MouseEvent(type, { bubbles: true, cancelable: true })
          );
        }
      }
      await new Promise(resolve => requestAnimationFrame(resolve));
    });
    await this._page.waitForTimeout(settle);
    const { ran, commands } = await this._witness();
    const found = {
      ran,
      commands: commands.filter(id => !OWN_COMMANDS.includes(id)),
      dialogs: this._dialogs + (await this._page.locator('.jp-Dialog').count()),
      heard: this._outside.heard,
      swallowed: headings.filter(heading => !shown.includes(heading))
    };
    return found;
  }

  /**
   * How long the page could not answer at a stretch while something was done, in milliseconds.
   */
  async freeze(action: () => Promise<unknown>): Promise<number> {
    await this._witness(true);
    await action();
    await this._page.evaluate(
      () =>
        new Promise(resolve =>
          requestAnimationFrame(() => setTimeout(resolve, 100))
        )
    );
    return (await this._witness()).longest;
  }

  private _witness(anew = false): Promise<IWitness> {
    return this._page.evaluate(anew => {
      const { witness } = window as never as { witness: IWitness };
      return anew
        ? Object.assign(witness, { ran: 0, commands: [], longest: 0 })
        : witness;
    }, anew);
  }

  private _dialogs = 0;
}

/**
 * JupyterLab, as far as a walk asks it.
 */
interface IApp {
  commands: {
    execute(id: string, args: object): Promise<unknown>;
    commandExecuted: {
      connect(slot: (sender: unknown, args: { id: string }) => void): void;
    };
  };
}
