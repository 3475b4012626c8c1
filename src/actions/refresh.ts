import type { Workbench } from '../models/workbench';

/**
 * Reload everything that the panel shows.
 *
 * @param askHub - Whether to ask the Hub even if its last answer is recent.
 */
export async function refresh(
  workbench: Workbench,
  askHub = false
): Promise<void> {
  const { drafts, jobs, search, services } = workbench;
  const { session } = services;
  await session.check();
  if (askHub || session.state !== 'ready') {
    await session.refresh();
  }
  if (!session.info) {
    return;
  }
  const { account, hub, token } = session.info;
  if (hub.reachable === false || (token && !account)) {
    // The Hub did not name the account; it may answer by now.
    void session.refresh();
  }
  await Promise.all([
    search.refresh(),
    jobs.refresh(),
    drafts.refresh(),
    refreshDataset(workbench, askHub)
  ]);
}

/**
 * Reload the dataset that is shown, if any.
 *
 * @param isThorough - Whether to reload its sections even if its entry has not changed.
 */
export async function refreshDataset(
  workbench: Workbench,
  isThorough = false
): Promise<void> {
  const { details, navigation } = workbench;
  const { view } = navigation;
  if (view.kind === 'entry') {
    await details.entry(view.name).refresh(isThorough);
  } else if (view.kind === 'hub') {
    await details.hub(view.repo_id).dataset.load();
  }
}
