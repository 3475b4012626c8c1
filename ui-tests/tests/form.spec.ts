import { expect, test } from '../support/test';

test.beforeEach(async ({ panel }) => {
  await panel.open();
  await panel.button('Catalog a dataset').click();
});

test('has its parts, with labels, help and marks for what is required', async ({
  panel
}) => {
  const { form } = panel;
  for (const title of ['The dataset', 'Review']) {
    await expect(form.section(title)).toHaveAttribute('aria-expanded', 'true');
  }
  await expect(form.section('More details')).toHaveAttribute(
    'aria-expanded',
    'false'
  );
  await expect(form.field('Portal link')).toBeHidden();
  for (const button of ['Discard', 'Preview', 'Publish']) {
    await expect(form.button(button)).toBeInViewport();
  }
  for (const label of ['Nickname', 'Official name']) {
    await expect(form.field(label)).toHaveAttribute('aria-required', 'true');
  }
  await expect(form.choice('Size')).toHaveAttribute('aria-required', 'true');
  await expect(panel.region.getByText('Nickname *')).toBeVisible();
  await expect(form.field('Description')).not.toHaveAttribute('aria-required');
  await expect(form.field('Nickname')).toHaveAccessibleDescription(
    /Short name of the dataset/
  );
  await expect(
    panel.region.getByText('Fields with * are required.')
  ).toBeVisible();

  await form.section('The dataset').click();
  await expect(form.field('Nickname')).toBeHidden();
});

test('choices are found by typing, with the mouse and with the keyboard', async ({
  page,
  panel
}) => {
  const { form } = panel;

  await test.step('a licence, by a part of its name', async () => {
    await form.choice('Licence').fill('attribution 4');
    await form.options('Licence').filter({ hasText: 'cc-by-4.0' }).click();
    await expect(form.choice('Licence')).toHaveValue(/Attribution 4\.0/i);
  });

  await test.step('two tasks, without the mouse', async () => {
    await form.unfold();
    await form.choice('Tasks').focus();
    await page.keyboard.type('tabular cl');
    await expect(form.options('Tasks').first()).toContainText(
      'tabular-classification'
    );
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await page.keyboard.type('tabular reg');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    const chosen = panel.region.getByRole('list', { name: 'Tasks' });
    await expect(chosen.getByRole('listitem')).toHaveCount(2);
    await chosen
      .getByRole('button', { name: 'Remove Tabular Regression' })
      .press('Enter');
    await expect(chosen.getByRole('listitem')).toHaveCount(1);
  });

  await test.step('one of 8,000 languages, of which few are in the page', async () => {
    await form.choice('Languages').click();
    const options = form.options('Languages');
    await form.choice('Languages').fill('a');
    await expect
      .poll(async () => Number(await options.first().getAttribute('aria-setsize')))
      .toBeGreaterThan(5000);
    expect(await options.count()).toBeLessThan(60);
    await form.choice('Languages').fill('esperanto');
    await options.first().click();
    await expect(
      panel.region.getByRole('list', { name: 'Languages' })
    ).toContainText('Esperanto');
  });

  await test.step("a tag of the list, and one of one's own", async () => {
    await form.choice('Tags').fill('biol');
    await form.options('Tags').filter({ hasText: 'biology' }).first().click();
    await form.choice('Tags').pressSequentially('sepal length,');
    await expect(
      panel.region.getByRole('list', { name: 'Tags' }).getByRole('listitem')
    ).toHaveCount(2);
  });
});

test('errors wait until a field was left or a try was made, and disappear when they are fixed', async ({
  panel,
  name
}) => {
  const { form, region } = panel;
  await form.unfold();
  await form.field('Portal link').fill('portal.example.org/data');
  await expect(region.getByText(/\d+ errors?$/)).toHaveCount(0);
  await form.field('Portal link').blur();
  await expect(form.field('Portal link')).toHaveAttribute('aria-invalid', 'true');
  await form.field('Nickname').focus();
  await form.field('Nickname').blur();
  await expect(form.field('Nickname')).not.toHaveAttribute('aria-invalid');

  await form.button('Preview').click();
  await expect(region.getByRole('status').getByText('4 errors')).toBeVisible();
  await expect(form.field('Official name')).toBeFocused();

  await test.step('next error', async () => {
    await form.button('Next error').click();
    await expect(form.field('Nickname')).toBeFocused();
    await form.button('Next error').click();
    await expect(form.choice('Size')).toBeFocused();
    await form.button('Next error').click();
    await expect(form.field('Portal link')).toBeFocused();
    await expect(form.field('Portal link')).toHaveAccessibleDescription(
      /A portal link is an http\(s\) URL\./
    );
    await form.button('Next error').click();
    await expect(form.field('Official name')).toBeFocused();
  });

  await test.step('fixed one by one', async () => {
    await form.field('Portal link').fill('https://portal.example.org/data');
    await expect(form.field('Portal link')).not.toHaveAttribute('aria-invalid');
    await expect(region.getByText('3 errors')).toHaveCount(2);
    await form.field('Nickname').fill(name);
    await form.field('Official name').fill('Wine');
    await expect(region.getByText('1 error', { exact: true })).toHaveCount(2);
    await form.choose('Size', 'fewer than 1,000');
    await expect(region.getByText('No errors.')).toBeVisible();
  });

  await test.step('live from now on', async () => {
    await form.field('Nickname').fill('../up');
    await expect(form.field('Nickname')).toHaveAttribute('aria-invalid', 'true');
    await expect(form.section('The dataset 1 error')).toBeVisible();
    await form.field('Nickname').fill(name);
    await expect(form.field('Nickname')).not.toHaveAttribute('aria-invalid');
  });
});

test('a better nickname is one click away', async ({ panel }) => {
  const { form, region } = panel;
  await form.field('Nickname').fill('Ocean_Dataset');
  await expect(
    region.getByText("Better without capital letters and the word 'dataset'")
  ).toBeVisible();
  await region.getByRole('button', { name: 'Use “ocean”' }).click();
  await expect(form.field('Nickname')).toHaveValue('ocean');
  await expect(region.getByText('Better without')).toHaveCount(0);
});
