import type { IStateDB } from '@jupyterlab/statedb';

import type { IServices } from '../models/services';
import { Workbench } from '../models/workbench';
import { watchJobs } from './jobNotices';
import { keepLastView } from './lastView';

/**
 * Create the panel's models and restore what the panel showed before the page was reloaded.
 *
 * @param state - Where the last view is kept; null if this application keeps no state.
 */
export async function startWorkbench(
  services: IServices,
  state: IStateDB | null
): Promise<Workbench> {
  const workbench = new Workbench(services);
  watchJobs(workbench);
  if (workbench.settings.startView === 'drafts') {
    workbench.navigation.show({ kind: 'drafts' });
  }
  if (state) {
    await keepLastView(workbench, state);
  }
  return workbench;
}
