import { expect } from '@jupyterlab/galata';

import type { IStage, Look } from './tours';

/**
 * A dataset's page with everything on it, data that is gone, what is only on the Hub, and a dataset
 * that there is not.
 */
export async function tourDetail(stage: IStage, look: Look): Promise<void> {
  const { panel, rest, hub, name } = stage;
  const { region } = panel;
  const tags = ['oceanography', name];
  await rest.publish({
    name,
    tags,
    pretty_name: `Tides ${name}`,
    data_path: '/nowhere/tides',
    license: 'mit',
    papers: ['10.1000/tides'],
    authors: [{ name: 'Ronald A. Fisher' }]
  });
  await rest.publish({ name: `${name}-2`, tags, pretty_name: `Other ${name}` });
  await rest.update(name, { license: 'cc0-1.0' });
  await rest.found(name, 2);
  await panel.open();
  await goTo(stage, name);
  await expect(region.getByText(/^Moved or purged: /)).toBeVisible();
  await expect(panel.button(`Other ${name}`)).toBeVisible();
  await panel.button('Cite').click();
  await expect(region.locator('.hnl-Cite-text')).toBeVisible();
  await panel.button('Versions').click();
  await expect(region.locator('.hnl-Versions-item').first()).toBeVisible();
  await look('entry-detail', region);

  await hub.create(
    `${name}-3`,
    '---\npretty_name: Tides of the far pier\nlicense: mit\n---\n# Tides\n\nHigh *water*.\n'
  );
  await goTo(stage, `NERSC/${name}-3`);
  await expect(panel.button('Adopt…')).toBeVisible();
  await look('entry-hub', region);

  await goTo(stage, 'nowhere');
  await expect(region.getByText('There is no dataset "nowhere"')).toBeVisible();
  await look('entry-unknown', region);
}

/**
 * Follow a link to a dataset.
 */
async function goTo({ page }: IStage, id: string): Promise<void> {
  await page.evaluate(dataset => {
    const url = new URL(window.location.href);
    url.searchParams.set('dataset', dataset);
    window.history.pushState({}, '', url);
    // As after the browser's way back.
    window.dispatchEvent(new PopStateEvent('popstate'));
  }, id);
}
