import {
  expectCalm,
  expectHarmless,
  expectSecondWall
} from '../support/cardTours';
import { hostileCards } from '../support/cards';
import { expect, test } from '../support/test';

test.describe.configure({ timeout: 180_000 });

test('nothing in a card runs, is fetched or commands JupyterLab', async ({
  page,
  panel,
  rest
}) => {
  await panel.open();
  await expectHarmless(page, rest);
});

test('nor would it if the server let it through', async ({
  page,
  panel,
  rest
}) => {
  await panel.open();
  await expectSecondWall(page, rest);
});

test('no card stops the page', async ({ page, panel, rest }) => {
  await panel.open();
  await expectCalm(page, rest);
});

test('a card that is only on the Hub is shown by the same rules', async ({
  page,
  panel,
  name,
  hub
}) => {
  const cards = hostileCards(name, 'outside.invalid');
  const { text, headings } = cards[cards.length - 1]!;
  await hub.create(name, text);
  await panel.open();
  await page.evaluate(async repo_id => {
    const { commands } = window.jupyterapp;
    await commands.execute('huggingnersc-lab:inspect', { repo_id });
  }, `NERSC/${name}`);
  const card = panel.region.locator('.hnl-Card');
  await expect(
    card.getByRole('heading', { name: headings[0]!, exact: true })
  ).toBeVisible();
  const attributes = await card.evaluate(node =>
    [...node.querySelectorAll('.hnl-Card-body *')].flatMap(element =>
      element.getAttributeNames()
    )
  );
  expect([...new Set(attributes)].sort()).toEqual(['href', 'rel', 'target']);
});
