import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { expect, test } from '../support/test';

/**
 * Each would set `window.ran`, were it run.
 */
const ATTACKS = `
<script>window.ran = 'script'</script>
<img src="x" onerror="window.ran = 'onerror'">
<img src="https://tracker.invalid/pixel.png">
<svg onload="window.ran = 'onload'"></svg>
<iframe srcdoc="<script>parent.ran = 'srcdoc'</script>"></iframe>
<details open ontoggle="window.ran = 'ontoggle'">more</details>
<a href="javascript:window.ran = 'link'">a link in HTML</a>
<div data-commandlinker-command="help:about">a command</div>
<style>body { display: none }</style>

[a link in Markdown](javascript:window.ran='markdown')
`;

test('nothing in a card from the Hub runs', async ({
  page,
  panel,
  name,
  rest,
  hub
}) => {
  const { region } = panel;
  const title = `Tides ${name}`;
  const asked: string[] = [];
  page.on('request', request => asked.push(request.url()));
  await rest.publish({ name, pretty_name: title });
  await hub.writeCard(name, (await hub.card(name)) + `\n## By hand\n${ATTACKS}`);

  await panel.open();
  await region.getByLabel('Search datasets').fill(name);
  await panel.choose(title, 'Edit');
  await panel.form.field('Description').fill(ATTACKS);
  await panel.form.button('Preview').click();
  await expect(region.getByText('What will happen')).toBeVisible();
  await panel.form.button('Publish the changes').click();
  await panel.agree();
  await panel.button('Show dataset').click();
  await expect(region.getByRole('heading', { name: 'By hand' })).toBeVisible();

  for (const link of await region
    .getByText(/^a link in (HTML|Markdown)$/)
    .all()) {
    await link.click();
  }
  await region.getByText('a command').first().click();
  expect(await page.evaluate(() => (window as { ran?: unknown }).ran)).toBe(
    undefined
  );
  expect(asked.filter(url => url.includes('tracker.invalid'))).toEqual([]);
  await expect(page.getByRole('dialog')).toBeHidden();
  await expect(region).toBeVisible();
});

test('a record with hostile names and 5,000 tags leaves the panel usable', async ({
  page,
  panel,
  name,
  rest
}) => {
  const { region } = panel;
  await rest.publish({ name });
  const { folder } = await rest.get<{ folder: string }>(`records/${name}`);
  const file = join(folder, 'record.json');
  const title = `<img src=x onerror="window.ran = 'title'"> ${name}`;
  const record = JSON.parse(await readFile(file, 'utf-8'));
  await writeFile(
    file,
    JSON.stringify({
      ...record,
      pretty_name: title,
      license: `<script>window.ran = 'license'</script>`,
      homepage: `javascript:window.ran='homepage'`,
      tags: Array.from({ length: 5000 }, (_, index) => `tag-${index}`)
    })
  );

  await panel.open();
  await region.getByLabel('Search datasets').fill(name);
  await expect(panel.dataset(title)).toBeVisible();
  await region.getByLabel('Search datasets').fill(`tag-4999 ${name}`);
  await panel.choose(title, 'Show dataset');
  await expect(region.getByText('tag-0').first()).toBeAttached();
  expect(await page.evaluate(() => (window as { ran?: unknown }).ran)).toBe(
    undefined
  );

  await panel.choose(title, 'Edit');
  await expect(panel.form.field('Official name')).toHaveValue(title);
  await panel.form.field('Official name').fill('Mended');
  await expect(panel.form.field('Official name')).toHaveValue('Mended');
  await expect(region.getByText('Show 4900 more')).toBeVisible();
});
