import type { CatalogPanel } from '../support/catalogPanel';
import { expect, test } from '../support/centre';
import { expectAccessible, expectFitting } from '../support/looks';

/**
 * Sign in as a person does, and go back to the list.
 */
async function signIn(panel: CatalogPanel, token: string): Promise<void> {
  await panel.open();
  await panel.button('Sign in').click();
  await panel.region.getByLabel('Access token').fill(token);
  await panel.region
    .locator('form', { hasText: 'Access token' })
    .getByRole('button').click();
  await expect(panel.region.getByText('entered in JupyterLab')).toBeVisible();
  await panel.button('Datasets').click();
}

test.afterEach(async ({ rest }) => {
  await rest.send('DELETE', 'session/token');
});

test('who is not signed in reads and writes drafts, and signs in to publish', async ({
  page,
  panel
}) => {
  test.slow();
  const { region, form } = panel;
  await panel.open();
  await page.sidebar.setWidth(280);
  await expect(
    region.getByText('Example Centre · not signed in')
  ).toBeVisible();
  await expect(region.getByText('No datasets yet')).toBeVisible();

  await panel.button('Catalog a dataset').click();
  await form.field('Nickname').fill('tides');
  await form.fillRequired('Tides');
  await form.button('Preview').click();
  await expect(region.getByText('What will happen')).toBeVisible();
  await expect(form.button('Publish')).toBeHidden();
  await expect(
    region.getByText('Sign in to the Hub to publish.')
  ).toBeVisible();

  await panel.button('Sign in').last().click();
  await expect(region.getByLabel('Access token')).toBeVisible();
  // This Hub offers no sign-in by code.
  await expect(panel.button('Sign in on the Hub')).toBeHidden();
  await expectFitting('sign-in', region);
  await expectAccessible(page, 'sign-in', region);
});

test('a token signs in, says what one may do, and is not seen again', async ({
  page,
  panel,
  hub
}) => {
  const { region } = panel;
  const answers: Promise<string>[] = [];
  page.on('response', response => {
    if (response.url().includes('/huggingnersc-lab/session')) {
      answers.push(response.text());
    }
  });
  await panel.open();
  await panel.button('Sign in').click();
  const field = region.getByLabel('Access token');
  const signIn = region
    .locator('form', { hasText: 'Access token' })
    .getByRole('button');

  await test.step('a wrong one is refused, and nothing is kept', async () => {
    await field.fill('hf_practice_wrong');
    await signIn.click();
    await expect(region.getByRole('alert')).toBeVisible();
    await expect(region.getByText('· not signed in')).toBeVisible();
    await expect(field).toHaveValue('');
  });

  for (const [role, may, sentence] of [
    ['admin', 'may publish', 'practice-admin may publish in NERSC (admin).'],
    ['contributor', 'may contribute', /change their own\.$/],
    ['read', 'may propose', /may propose changes as pull requests/],
    ['read_scope', 'may read', /can only read NERSC/]
  ] as const) {
    await test.step(may, async () => {
      await field.fill(hub.token(role));
      await signIn.click();
      await expect(
        region.getByText(new RegExp(`^Example Centre · practice-\\w+ · ${may}$`))
      ).toBeVisible();
      await expect(region.getByText(sentence)).toBeVisible();
      await expect(region.getByText('entered in JupyterLab')).toBeVisible();
      await expect(field).toHaveValue('');
    });
  }

  await panel.button('Sign out').click();
  await expect(region.getByText('· not signed in')).toBeVisible();
  await expect(panel.button('Sign out')).toBeHidden();
  const said = (await Promise.all(answers)).join();
  expect(said).toContain('practice-admin');
  for (const role of ['admin', 'contributor', 'read', 'read_scope'] as const) {
    expect(said).not.toContain(hub.token(role));
  }
});

test('who may only propose makes a pull request', async ({
  panel,
  name,
  rest,
  hub
}) => {
  const { region, form } = panel;
  await rest.send('PUT', 'session/token', { token: hub.token('admin') });
  await rest.publish({ name, pretty_name: `Tides ${name}` });
  await signIn(panel, hub.token('read'));
  await expect(region.getByText('· may propose')).toBeVisible();
  await panel.choose(`Tides ${name}`, 'Edit');
  const asPullRequest = region.getByRole('checkbox', {
    name: 'As a pull request'
  });
  await expect(asPullRequest).toBeChecked();
  await expect(asPullRequest).toBeDisabled();

  await form.field('Description').fill('High water at the pier.');
  await form.button('Publish as pull request').click();
  await panel.agree();
  await expect(
    region.getByText('It is waiting for review on the Hub.')
  ).toBeVisible();
  expect(await hub.pullRequests(name)).toHaveLength(1);
  expect(await hub.card(name)).not.toContain('High water');
});

test('who may only read is told so, and can still preview', async ({
  panel,
  name,
  hub
}) => {
  const { region, form } = panel;
  await signIn(panel, hub.token('read_scope'));
  await panel.begin(name, 'Tides');
  await expect(
    region.getByText(/can only read NERSC/)
  ).toBeVisible();
  await expect(form.button('Publish')).toBeHidden();
  await form.button('Preview').click();
  await expect(region.getByText('What will happen')).toBeVisible();
});
