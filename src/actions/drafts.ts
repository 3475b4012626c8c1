import { PathExt } from '@jupyterlab/coreutils';

import type { DraftModel } from '../models/drafts/draft';
import { withLocation, withScript } from '../models/drafts/draftContent';
import { isActive } from '../models/jobs';
import type { Workbench } from '../models/workbench';
import type { ILocation } from '../types/api';
import type { ScriptMember } from '../types/scripts';
import { confirmDeleteDraft } from './dialogs';
import { attempt, reportError } from './report';
import { askAboutSameData } from './sameData';
import { show, showDataset } from './views';

/**
 * Create a draft of a new dataset and show it. Of data that has an entry or a draft already, those
 * are offered first.
 *
 * @param contentsPath - The folder or file of the data, as a contents path.
 */
export async function createDraft(
  workbench: Workbench,
  contentsPath?: string
): Promise<void> {
  const { drafts } = workbench;
  if (contentsPath === undefined) {
    showDraft(workbench, await drafts.create({}));
    return;
  }
  const location = await locate(workbench, contentsPath);
  const choice =
    location && (await askAboutSameData(location, workbench.services.trans));
  if (choice?.kind === 'entry') {
    showDataset(workbench, choice.name);
  } else if (choice?.kind === 'draft') {
    await openDraft(workbench, choice.id);
  } else if (location && choice) {
    const title =
      location.name_proposal ?? PathExt.basename(location.data_path);
    const values = withLocation({}, location);
    showDraft(workbench, await drafts.create({ title, values }));
  }
}

/**
 * Create a draft that changes a dataset of the catalog, and show it.
 */
export async function editDataset(
  workbench: Workbench,
  name: string
): Promise<void> {
  showDraft(workbench, await workbench.drafts.edit(name));
}

/**
 * Create a draft that adds a repository on the Hub to the catalog, and show it.
 */
export async function adoptDataset(
  workbench: Workbench,
  repoId: string
): Promise<void> {
  const name = repoId.slice(repoId.indexOf('/') + 1);
  showDraft(workbench, await workbench.drafts.adopt(name));
}

/**
 * Show a draft.
 */
export async function openDraft(
  workbench: Workbench,
  id: string
): Promise<void> {
  showDraft(workbench, await workbench.drafts.open(id));
}

/**
 * Show a draft in the sidebar, whatever the settings say.
 */
export async function openDraftInSidebar(
  workbench: Workbench,
  id: string
): Promise<void> {
  showDraft(workbench, await workbench.drafts.open(id), 'sidebar');
}

/**
 * Set the folder or file of a draft's data; of a new draft if this one can no longer be changed.
 */
export async function setData(
  workbench: Workbench,
  draft: DraftModel,
  contentsPath: string
): Promise<void> {
  if (!canChange(workbench, draft)) {
    await createDraft(workbench, contentsPath);
    return;
  }
  const location = await locate(workbench, contentsPath);
  if (location) {
    draft.change({ values: withLocation(draft.content.values, location) });
  }
}

/**
 * Set a script of the draft in the sidebar; else of the one in the tab that was used last; else of a
 * new draft.
 */
export async function setScript(
  workbench: Workbench,
  member: ScriptMember,
  path: string
): Promise<void> {
  const { drafts, navigation, tabDraft } = workbench;
  const { view } = navigation;
  const inSidebar = view.kind === 'draft' ? drafts.find(view.id) : null;
  await setScriptOf(workbench, inSidebar ?? tabDraft, member, path);
}

/**
 * Set a script of a draft and show it; of a new draft if there is none, or if this one can no longer
 * be changed.
 */
export async function setScriptOf(
  workbench: Workbench,
  draft: DraftModel | null,
  member: ScriptMember,
  path: string
): Promise<void> {
  const { drafts, navigation, services } = workbench;
  if (!draft || !canChange(workbench, draft)) {
    const content = withScript({ editing: null, values: {} }, member, path);
    showDraft(workbench, await drafts.create(content));
    return;
  }
  draft.change(withScript(draft.content, member, path));
  const { view } = navigation;
  if (view.kind === 'draft' && view.id === draft.id) {
    services.reveal();
  } else {
    services.openTab?.(draft.id);
  }
}

/**
 * Whether a draft takes changes. One that was published or deleted is gone, though a tab may still
 * show what became of it; one that is being published goes as it was.
 */
function canChange({ drafts, jobs }: Workbench, draft: DraftModel): boolean {
  return (
    drafts.find(draft.id) === draft &&
    !jobs.jobs.some(job => job.draft_id === draft.id && isActive(job))
  );
}

/**
 * Delete a draft, after the user has agreed.
 *
 * @returns Whether it was deleted.
 */
export async function deleteDraft(
  { drafts, navigation, services }: Workbench,
  id: string,
  title: string
): Promise<boolean> {
  if (!(await confirmDeleteDraft(title, services.trans))) {
    return false;
  }
  await drafts.remove(id);
  reportError(drafts.deleteError);
  if (drafts.deleteError) {
    return false;
  }
  navigation.forget({ kind: 'draft', id });
  return true;
}

/**
 * Let a draft replace what others have changed in its dataset since the draft was created.
 */
export async function overwriteDataset(
  { services }: Workbench,
  draft: DraftModel
): Promise<void> {
  const { editing } = draft.content;
  const entry =
    editing !== null &&
    (await attempt(() => services.client.getEntry(editing)));
  if (entry) {
    draft.change({ editing_etag: entry.etag });
  }
}

/**
 * Show a draft in a tab or in the sidebar, by default where the settings say.
 */
function showDraft(
  workbench: Workbench,
  draft: DraftModel | null,
  place = workbench.settings.formPlace
): void {
  const { drafts, services } = workbench;
  reportError(drafts.openError);
  if (!draft) {
    return;
  }
  // An application without tabs has the sidebar alone.
  if (place === 'main' && services.openTab) {
    services.openTab(draft.id);
  } else {
    show(workbench, { kind: 'draft', id: draft.id });
  }
}

function locate(
  { services }: Workbench,
  contents_path: string
): Promise<ILocation | null> {
  return attempt(() => services.client.locate({ contents_path }));
}
