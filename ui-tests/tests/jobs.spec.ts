import type { IJob, Rest } from '../support/rest';
import { expect, test } from '../support/test';

/**
 * Begin to publish a dataset as another tab would, or the command line.
 */
async function publishElsewhere(rest: Rest, name: string): Promise<IJob> {
  const { id } = await rest.send<{ id: string }>('POST', 'drafts', {
    values: { name, pretty_name: name, size_categories: ['n<1K'] }
  });
  return rest.send('POST', 'jobs', { kind: 'publish', draft_id: id });
}

test('a job begun elsewhere shows up, with its progress, and its dataset after it', async ({
  panel,
  name,
  rest,
  hub
}) => {
  const { region } = panel;
  await panel.open();
  await expect(panel.dataset('Iris')).toBeVisible();
  // However long the list is, it will be in sight.
  await region.getByRole('searchbox').fill(name);
  await expect(panel.dataset('Iris')).toBeHidden();
  await hub.fail({ kind: 'slow', path: `*/${name}/commit/*`, seconds: 5 });
  await publishElsewhere(rest, name);

  await expect(region.getByText(`Publishing ${name}…`)).toBeVisible();
  const bar = region.getByRole('progressbar', { name: `Publishing ${name}` });
  await expect(bar).toHaveAttribute('value', '0.4');
  await expect(panel.dataset(name)).toBeVisible();
  await expect(region.getByText(`Publishing ${name}…`)).toBeHidden();
});

test('what a job begun elsewhere left can be undone here', async ({
  panel,
  name,
  rest,
  hub
}) => {
  const { region } = panel;
  await panel.open();
  await expect(panel.dataset('Iris')).toBeVisible();
  await hub.fail({
    kind: 'server_error',
    path: `*/${name}/commit/*`,
    count: null
  });
  await publishElsewhere(rest, name);
  await expect(
    region.getByText(`Publishing ${name} did not finish.`)
  ).toBeVisible();
  await hub.clearFaults();
  await region
    .getByRole('button', { name: `Show: Publishing ${name}` })
    .click();
  await panel.button('Undo').click();
  await panel.answer('Undo and delete');
  await expect(region.getByText('Nothing was left behind.')).toBeVisible();
  expect(await rest.has(name)).toBe(false);
});
