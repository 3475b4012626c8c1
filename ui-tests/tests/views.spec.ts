import { tourDetail } from '../support/detailTour';
import { expectAccessible, expectFitting } from '../support/looks';
import { test } from '../support/test';
import {
  type IStage,
  type Look,
  tourCatalog,
  tourForm,
  tourJobs,
  tourProblems
} from '../support/tours';

/**
 * Each view is looked at where it is narrow, a dataset's page where it is wide, too, and in every
 * theme.
 */
const TOURS: readonly [
  title: string,
  tour: (stage: IStage, look: Look) => Promise<void>,
  width: 280 | 900
][] = [
  ['the catalog', tourCatalog, 280],
  ["a dataset's page", tourDetail, 280],
  ["a dataset's page", tourDetail, 900],
  ['the form', tourForm, 280],
  ['jobs', tourJobs, 280],
  ['problems', tourProblems, 280]
];

for (const [title, tour, width] of TOURS) {
  test(`${title}: for everybody, in every theme, at ${width} px`, async ({
    page,
    panel,
    rest,
    hub,
    name
  }) => {
    test.slow();
    await page.setViewportSize({ width: 1300, height: 800 });
    await panel.open();
    await page.sidebar.setWidth(width);
    await tour({ page, panel, rest, hub, name }, async (view, root) => {
      await expectFitting(view, root);
      await expectAccessible(page, view, root);
    });
  });
}
