import { expectAccessible, expectFitting } from '../support/looks';
import { expect, test } from '../support/test';

test('the user guide opens from the panel and from the Help menu', async ({
  page,
  panel
}) => {
  const main = page.getByRole('main');
  const guide = main.getByRole('document', { name: 'User guide' });
  const missing: string[] = [];
  page.on('response', response => {
    if (response.status() === 404) {
      missing.push(response.url());
    }
  });
  await panel.open();
  await panel.region
    .getByRole('button', { name: 'Help', exact: true })
    .click();
  await expect(
    guide.getByRole('heading', { name: 'Find a dataset' })
  ).toBeVisible();

  await test.step('its links lead to its headings and its other pages', async () => {
    await guide.getByRole('link', { name: 'the search syntax' }).click();
    await expect(
      guide.getByRole('heading', { name: 'Search syntax' })
    ).toBeInViewport();
    await guide.getByRole('link', { name: 'search reference' }).click();
    await expect(
      main.getByRole('document').getByRole('heading', { level: 1 })
    ).toHaveText(/search/i);
    await expect(
      main.getByRole('tab', { name: 'User guide' })
    ).toHaveAttribute('aria-selected', 'false');
  });

  await test.step('the Help menu comes back to the tab that is open', async () => {
    await page.getByRole('menuitem', { name: 'Help', exact: true }).click();
    await page
      .getByRole('menuitem', { name: 'Dataset Catalog User Guide' })
      .click();
    await expect(guide).toBeVisible();
    await expect(main.getByRole('tab', { name: 'User guide' })).toHaveCount(1);
  });

  await expectFitting('the guide', guide);
  await expectAccessible(page, 'the guide', guide);
  expect(missing).toEqual([]);

  await test.step('also after a reload', async () => {
    await page.evaluate(() => window.location.reload());
    await expect(main.getByRole('tab', { name: 'User guide' })).toBeVisible();
  });
});
