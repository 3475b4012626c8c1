import { expect } from '@jupyterlab/galata';

import type { IStage, Look } from './tours';

/**
 * A card with all that cards have in them.
 */
const CARD = `---
pretty_name: Tides of the far pier
license: mit
---
# Tides

High *water*, measured **hourly** ~~daily~~ with \`gauge.py\`, see https://example.org/tides?station=9414290 or
[the paper](https://example.org/paper). ![A plot](https://example.org/plot.png)

## Variables

| Name | Unit | Range | Description |
| :--- | :---: | ---: | --- |
| \`height_above_the_datum_of_the_station\` | m | −1 … 3 | Corrected for the sinking of the pier |

### How to load them

\`\`\`python
tides = pd.read_csv("/global/cfs/cdirs/m1234/tides/far_pier/hourly_heights.csv", parse_dates=["time"])
\`\`\`

$$
\\bar h = \\frac{1}{n} \\sum_i h_i
$$

1. First
   - nested, with \`code\`

> A quotation

---

<details><summary>More</summary>H<sub>2</sub>O and <kbd>Ctrl</kbd> <mark>here</mark></details>
<dl><dt>Pier</dt><dd>A quay</dd></dl>

#### A small heading
`;

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
  await panel.open();
  await goTo(stage, name);
  await expect(region.getByText(/^Moved or purged: /)).toBeVisible();
  await expect(panel.button(`Other ${name}`)).toBeVisible();
  await panel.button('Cite').click();
  await expect(region.locator('.hnl-Cite-text')).toBeVisible();
  await panel.button('Versions').click();
  await expect(region.locator('.hnl-Versions-item').first()).toBeVisible();
  await look('entry-detail', region);

  await hub.create(`${name}-3`, CARD);
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
