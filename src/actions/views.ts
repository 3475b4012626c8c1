import type { View } from '../models/navigation';
import { EVERYTHING } from '../models/search/searchQuery';
import type { Workbench } from '../models/workbench';
import { refreshDataset } from './refresh';

/**
 * Show the list of all datasets.
 */
export function showList({ navigation }: Workbench): void {
  navigation.show({ kind: 'browse' });
}

/**
 * Show the datasets that have these words.
 */
export function showListOf(workbench: Workbench, words: string): void {
  workbench.search.change({ ...EVERYTHING, q: words });
  showList(workbench);
}

/**
 * Show a dataset, in the catalog or only on the Hub.
 *
 * @param id - The nickname, or the `repo_id`, which contains a `/`.
 */
export function showDataset(workbench: Workbench, id: string): void {
  show(
    workbench,
    id.includes('/')
      ? { kind: 'hub', repo_id: id }
      : { kind: 'entry', name: id }
  );
  void refreshDataset(workbench);
}

/**
 * Show the dataset that a link names. A link to a repository on the Hub leads to the catalog if the
 * repository has been added to it since.
 */
export async function followLink(
  workbench: Workbench,
  id: string
): Promise<void> {
  const name = id.slice(id.indexOf('/') + 1);
  if (name !== id) {
    const { entry } = workbench.details.entry(name);
    await entry.load();
    if (entry.value?.record['repo_id'] === id) {
      showDataset(workbench, name);
      return;
    }
  }
  showDataset(workbench, id);
}

export function showDrafts(workbench: Workbench): void {
  void workbench.drafts.refresh();
  show(workbench, { kind: 'drafts' });
}

export function showAccount(workbench: Workbench): void {
  show(workbench, { kind: 'account' });
}

export function showJob(workbench: Workbench, id: string): void {
  show(workbench, { kind: 'job', id });
}

/**
 * Show a view and open the sidebar at it.
 */
export function show({ navigation, services }: Workbench, view: View): void {
  navigation.show(view);
  services.reveal();
}

/**
 * Go back to the previous view.
 */
export function goBack(workbench: Workbench): void {
  workbench.navigation.back();
  void refreshDataset(workbench);
}

/**
 * Show the view that was shown before the page was reloaded, unless it was a draft that no longer
 * exists.
 */
export async function restoreView(
  workbench: Workbench,
  view: View
): Promise<void> {
  const { drafts, navigation } = workbench;
  if (view.kind === 'draft' && !(await drafts.open(view.id))) {
    return;
  }
  if (view.kind !== 'browse') {
    navigation.show(view);
    void refreshDataset(workbench);
  }
}
