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
 * Each view is looked at where it is narrow, and in every theme.
 */
const TOURS: readonly [
  title: string,
  tour: (stage: IStage, look: Look) => Promise<void>
][] = [
  ['the catalog', tourCatalog],
  ['the form', tourForm],
  ['jobs', tourJobs],
  ['problems', tourProblems]
];

for (const [title, tour] of TOURS) {
  test(`${title}: for everybody, in every theme, at 280 px`, async ({
    page,
    panel,
    rest,
    hub,
    name
  }) => {
    test.slow();
    await panel.open();
    await page.sidebar.setWidth(280);
    await tour({ page, panel, rest, hub, name }, async (view, root) => {
      await expectFitting(view, root);
      await expectAccessible(page, view, root);
    });
  });
}
