import { expect, type IJupyterLabPageFixture } from '@jupyterlab/galata';
import type { Locator } from '@playwright/test';

import type { CatalogPanel } from './catalogPanel';
import { EntryForm } from './entryForm';
import type { PracticeHub } from './practiceHub';
import type { Rest } from './rest';

/**
 * What is done in each view of a tour.
 *
 * @param view - Its name, fit for a file.
 * @param root - What to look at.
 */
export type Look = (view: string, root: Locator) => Promise<void>;

/**
 * What a tour needs.
 */
export interface IStage {
  page: IJupyterLabPageFixture;
  panel: CatalogPanel;
  rest: Rest;
  hub: PracticeHub;
  /**
   * A nickname that nothing else has.
   */
  name: string;
}

/**
 * The list, empty and not; an entry; the drafts; the account.
 */
export async function tourCatalog(stage: IStage, look: Look): Promise<void> {
  const { page, panel, rest } = stage;
  const { region } = panel;
  const datasets = /\/huggingnersc-lab\/datasets(\?|$)/;
  await page.route(datasets, async route => {
    const answer = await route.fetch();
    const nothing = { datasets: [], total: 0, is_refreshing: false };
    await route.fulfill({ json: { ...(await answer.json()), ...nothing } });
  });
  await panel.open();
  await refresh(panel);
  await expect(region.getByText('No datasets yet')).toBeVisible();
  await look('list-empty', region);
  await page.unroute(datasets);
  await refresh(panel);
  await expect(panel.rows.first()).toBeVisible();
  await look('list', region);

  const field = region.getByLabel('Search datasets');
  await field.fill('measured');
  await panel.button('Filters').click();
  await expect(region.getByRole('checkbox').first()).toBeVisible();
  await look('list-search', region);
  await panel.button('Filters').click();
  await field.fill('nothing has this word');
  await expect(region.getByText(/No dataset matches/).first()).toBeVisible();
  await look('list-filtered', region);
  await field.fill('');

  await region.getByRole('button', { name: /^Iris/ }).click();
  await expect(
    region.getByRole('heading', { name: 'Iris', exact: true }).last()
  ).toBeVisible();
  await expect(region.locator('.cm-content')).toBeVisible();
  await look('entry', region);

  await panel.button('Account').click();
  await expect(region.getByText('practice-admin').first()).toBeVisible();
  await look('account', region);

  await rest.send('POST', 'drafts', {
    title: 'Tides',
    values: { name: stage.name }
  });
  await region.getByRole('button', { name: 'Drafts' }).click();
  await expect(
    region.getByRole('button', { name: /^Tides/ }).first()
  ).toBeVisible();
  await look('drafts', region);
}

/**
 * The form: at its start, with errors, with an open list; its preview in the panel and in a tab.
 */
export async function tourForm(stage: IStage, look: Look): Promise<void> {
  const { page, panel, name } = stage;
  const { region, form } = panel;
  await panel.open();
  await panel.button('Catalog a dataset').click();
  await expect(form.field('Nickname')).toBeVisible();
  await look('form', region);

  await form.field('Path of the data').fill('/nowhere');
  await form.button('Preview').click();
  await expect(region.getByText(/^\d errors$/).last()).toBeVisible();
  await look('form-errors', region);

  await form.unfold();
  await form.choice('Tasks').fill('class');
  await expect(form.options('Tasks').first()).toBeVisible();
  await look('form-choices', region);
  // The list closes when the page loses the focus, which a look at another theme may take.
  await form.choice('Tasks').fill('');
  await form.choose('Tasks', 'class');
  await form.choice('Tasks').press('Escape');

  await form.field('Path of the data').fill('');
  await form.field('Nickname').fill(name);
  await form.fillRequired('Tides');
  await form.button('Preview').click();
  await expect(region.getByText('What will happen')).toBeVisible();
  await look('form-preview', region);

  await panel.button('Open in a tab').click();
  const tab = page.getByRole('main').getByRole('tabpanel', { name: 'Tides' });
  await expect(new EntryForm(page, tab).field('Nickname')).toHaveValue(name);
  await expect(tab.getByRole('heading', { name: 'Tides' })).toBeVisible();
  await look('tab', tab);
}

/**
 * A job at work, one that failed, one that is done.
 */
export async function tourJobs(stage: IStage, look: Look): Promise<void> {
  const { panel, hub, name } = stage;
  const { region } = panel;
  const commit = `*/NERSC/${name}/commit/*`;
  await hub.fail({ kind: 'slow', path: commit, seconds: 120 });
  await panel.begin(name, 'Tides');
  await panel.publish();
  await expect(
    region.getByText(/^Sending \d+ files in one commit$/)
  ).toBeVisible();
  await look('job-running', region);
  await panel.button('Datasets').click();
  await expect(region.getByText(`Publishing ${name}…`)).toBeVisible();
  await look('list-job', region);
  await region
    .getByRole('button', { name: `Show: Publishing ${name}` })
    .click();
  await panel.button('Cancel').click();
  await expect(region.getByText('It was cancelled.')).toBeVisible();
  await look('job-cancelled', region);

  await hub.clearFaults();
  await hub.fail({ kind: 'server_error', path: commit, count: null });
  await panel.button('Back to the form').click();
  await panel.publish();
  await expect(panel.button('Resume')).toBeVisible();
  await look('job-failed', region);

  await hub.clearFaults();
  await panel.button('Resume').click();
  await expect(panel.button('Open loader notebook')).toBeVisible();
  await look('job-done', region);
}

/**
 * The server out of reach, its extension missing or of another version.
 */
export async function tourProblems(stage: IStage, look: Look): Promise<void> {
  const { page, panel } = stage;
  const { region } = panel;
  await panel.open();
  await expect(panel.rows.first()).toBeVisible();
  await page.context().setOffline(true);
  await refresh(panel);
  await expect(region.getByText(/This is the catalog as it was/)).toBeVisible();
  await page.context().setOffline(false);
  await look('list-offline', region);

  const ours = ({ pathname }: URL): boolean =>
    pathname.startsWith('/huggingnersc-lab/');
  await page.route(ours, route =>
    route.fulfill({ status: 404, contentType: 'text/html', body: '<html>' })
  );
  await reload(stage);
  await expect(
    region.getByText('The server extension is missing')
  ).toBeVisible();
  await look('server-missing', region);
  await page.unroute(ours);
}

/**
 * Press the toolbar's button that reads everything anew.
 */
export async function refresh(panel: CatalogPanel): Promise<void> {
  await panel.region.getByRole('button', { name: 'Refresh' }).click();
}

/**
 * Load the page anew; the sidebar stays open.
 */
export async function reload({ page, panel }: IStage): Promise<void> {
  await page.reload();
  await panel.open();
}
