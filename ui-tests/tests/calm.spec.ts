import { expect, test } from '../support/test';

test('nothing jumps when an error comes and goes', async ({
  page,
  panel
}) => {
  const { form, region } = panel;
  await panel.open();
  await page.sidebar.setWidth(280);
  await panel.button('Catalog a dataset').click();
  const places = (): Promise<number[]> =>
    region
      .locator('.hnl-Form label, .hnl-Form input, .hnl-Form-summary')
      .evaluateAll(nodes => nodes.map(node => node.getBoundingClientRect().y));
  await form.field('Official name').fill('Tides');
  await form.field('Nickname').fill('tides');
  await form.button('Preview').click();
  await expect(region.getByText('1 error').last()).toBeVisible();
  await expect(region.getByText('Size is missing.')).toBeVisible();
  await form.field('Official name').focus();

  const before = await places();
  await form.field('Official name').fill('');
  await expect(region.getByText('Official name is missing.')).toBeVisible();
  expect(await places()).toEqual(before);

  await form.field('Official name').fill('Tides');
  await expect(region.getByText('Official name is missing.')).toBeHidden();
  expect(await places()).toEqual(before);
});

test('the panel uses a wide sidebar, and nothing leaves it', async ({
  page,
  panel
}) => {
  await page.setViewportSize({ width: 1300, height: 800 });
  await panel.open();
  await page.sidebar.setWidth(900);
  await expect(panel.rows.first()).toBeVisible();
  const box = (await panel.rows.first().boundingBox())!;
  expect(box.width).toBeGreaterThan(800);
  // Three lines in a wide panel.
  expect(box.height).toBeLessThan(80);
});
