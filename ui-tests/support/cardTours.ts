import { expect, type Page } from '@playwright/test';

import { heavyCards, hostileCards, type ICard } from './cards';
import { CardWalk } from './cardWalk';
import { Outside } from './outside';
import type { Rest } from './rest';

/**
 * Of the texts that take long, those that differ for a browser.
 */
const HEAVY = [
  'emphasis-that-never-closes',
  'escaped-backticks',
  'underscores-in-words',
  'images-that-never-close',
  'quotes-with-lazy-lines',
  'headings',
  'table-of-many-cells',
  'table-spans',
  'one-word',
  'nulls',
  'combining-marks',
  'joined-emoji',
  'two-directions'
];

/**
 * Milliseconds that a page may not answer for.
 */
const FROZEN = 1000;

/**
 * Expect nothing to come of any hostile card, whatever is pressed in it.
 *
 * @param page - JupyterLab with the panel open.
 */
export async function expectHarmless(page: Page, rest: Rest): Promise<void> {
  await withWalk(page, rest, async (walk, outside) => {
    const cards = hostileCards('hostile', outside.host);
    await walk.lay(cards);
    await pressAll(walk, cards, true);
  });
}

/**
 * Expect the same where the server hands out cards as they were written.
 */
export async function expectSecondWall(page: Page, rest: Rest): Promise<void> {
  await page.route(/\/huggingnersc-lab\/records\/[^/]+$/, async route => {
    const response = await route.fetch();
    const entry = await response.json();
    const card_html = { html: entry.card, is_cut: false };
    await route.fulfill({ response, json: { ...entry, card_html } });
  });
  await withWalk(page, rest, async (walk, outside) => {
    const cards = hostileCards('raw', outside.host);
    await walk.lay(cards);
    await pressAll(walk, cards, false);
  });
}

/**
 * Expect the page to answer all the while, however hard a card is to lay out, also as plain text.
 */
export async function expectCalm(page: Page, rest: Rest): Promise<void> {
  await withWalk(page, rest, async walk => {
    const cards = heavyCards('heavy', HEAVY);
    await walk.lay(cards);
    for (const { name } of cards) {
      const opened = await walk.freeze(() => walk.open(name));
      expect.soft(opened, name).toBeLessThan(FROZEN);
      const button = page
        .getByRole('article')
        .getByRole('button', { name: 'Show as plain text' });
      const shown = await walk.freeze(() => button.click());
      expect.soft(shown, `${name} as text`).toBeLessThan(FROZEN);
    }
  });
}

async function pressAll(
  walk: CardWalk,
  cards: readonly ICard[],
  isWhole: boolean
): Promise<void> {
  for (const card of cards) {
    const { swallowed, ...found } = await walk.press(card);
    const label = card.headings.join(', ');
    expect.soft(found, label).toEqual({
      ran: 0,
      commands: [],
      dialogs: 0,
      heard: 0
    });
    if (isWhole) {
      expect.soft(swallowed, label).toEqual([]);
    }
  }
}

async function withWalk(
  page: Page,
  rest: Rest,
  work: (walk: CardWalk, outside: Outside) => Promise<void>
): Promise<void> {
  const outside = await Outside.create();
  try {
    await work(await CardWalk.begin(page, rest, outside), outside);
    // What was begun late.
    await page.waitForTimeout(1000);
    expect(outside.heard).toBe(0);
  } finally {
    outside.close();
  }
}
