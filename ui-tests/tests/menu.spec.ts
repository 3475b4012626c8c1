import { catalog } from '../support/catalogFolder';
import { expect, test } from '../support/test';

const title = (number: number, name: string): string => `Tide ${number} ${name}`;

test('an open menu stays for its dataset when the list is refreshed', async ({
  page,
  panel,
  rest,
  name
}) => {
  const { region } = panel;
  const records = [1, 2, 3, 4].map(number => ({
    name: `${name}-${number}`,
    pretty_name: title(number, name)
  }));
  await catalog(rest, records.slice(1));
  await panel.open();
  await region.getByLabel('Search datasets').fill(name);
  await region.getByLabel('Sort by').selectOption('name');
  const row = region.getByRole('listitem').nth(1);
  await expect(row).toContainText(title(3, name));
  await row.getByRole('button', { name: /^More actions/ }).click();
  const item = page.getByRole('menu').getByRole('menuitem', { name: 'Show dataset' });
  await expect(item).toBeVisible();

  // Another dataset is at the place of the first one now, and so on.
  await catalog(rest, records.slice(0, 1));
  await page.evaluate(async () => {
    const { jupyterapp } = window as unknown as {
      jupyterapp: {
        commands: { execute: (id: string) => Promise<void> };
      };
    };
    await jupyterapp.commands.execute('huggingnersc-lab:refresh');
  });
  await expect(row).toContainText(title(2, name));
  await expect(item).toBeVisible();
  await item.click();
  await expect(
    region.getByRole('heading', { name: title(3, name), level: 3 })
  ).toBeVisible();
});
