import type { IStateDB } from '@jupyterlab/statedb';

import { readView } from '../models/navigation';
import type { Workbench } from '../models/workbench';

/**
 * Show what was shown when the page was left, and remember it from now on.
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
      workbench.followSearch(search);
    }
    await workbench.restore(view);
  }
  const { navigation } = workbench;
  let last = navigation.view;
  navigation.stateChanged.connect(() => {
    if (navigation.view !== last) {
      last = navigation.view;
      // Else the page's address names it.
      const search = navigation.isOfDatasets ? '' : workbench.searchText;
      void state.save(VIEW_KEY, { ...last, ...(search && { search }) });
    }
  });
}

/**
 * Key of what the panel showed last.
 */
const VIEW_KEY = 'huggingnersc-lab:view';
