import type { IStateDB } from '@jupyterlab/statedb';

import { readView } from '../models/navigation';
import type { Workbench } from '../models/workbench';
import { restoreView } from './views';

/**
 * Show the view that was shown before the page was reloaded, and save each later one.
 */
export async function keepLastView(
  workbench: Workbench,
  state: IStateDB
): Promise<void> {
  const kept: unknown = await state.fetch(VIEW_KEY);
  const view = readView(kept);
  if (view) {
    const { search } = Object(kept) as Record<string, unknown>;
    if (typeof search === 'string') {
      workbench.search.query = search;
    }
    await restoreView(workbench, view);
  }
  const { navigation } = workbench;
  let last = navigation.view;
  navigation.stateChanged.connect(() => {
    if (navigation.view !== last) {
      last = navigation.view;
      // While datasets are shown, the search is in the page's address.
      const search = navigation.isOfDatasets ? '' : workbench.search.query;
      void state.save(VIEW_KEY, { ...last, ...(search && { search }) });
    }
  });
}

/**
 * Key of the last view in JupyterLab's state database.
 */
const VIEW_KEY = 'huggingnersc-lab:view';
