import { PathExt } from '@jupyterlab/coreutils';

import type { Workbench } from '../models/workbench';
import type { IDraftContent, IEntry, IJob } from '../types/api';
import type { IRetired } from '../types/retired';
import { CatalogError } from '../types/errors';
import { confirmRetire } from './dialogs';
import { adoptDataset, openDraft } from './drafts';
import { startJob } from './jobs';
import { makeFolder } from './notebooks/loaderCopies';
import { notebookFolders } from './notebooks/notebooks';
import { attempt, reportError } from './report';
import { showJob } from './views';

/**
 * Remove a dataset from the catalog, after the user has agreed. What it was is kept until the page is
 * closed, so that it can be brought back.
 */
export async function retireDataset(
  workbench: Workbench,
  name: string
): Promise<void> {
  const { datasets, services, settings } = workbench;
  const answer = settings.confirmRetire
    ? await confirmRetire(name, datasets.find(name), services.trans)
    : { from_hub: false };
  if (!answer) {
    return;
  }
  const before = await asItIs(workbench, name, answer.from_hub);
  const job = await startJob(workbench, { kind: 'retire', name, ...answer });
  if (job) {
    if (before) {
      workbench.retired.set(job.id, before);
    }
    showJob(workbench, job.id);
  }
}

/**
 * Bring a dataset back that was retired. If its repository is on the Hub still, it is adopted as it
 * was; else its form is shown, filled as it was.
 *
 * @returns The job; null if there is none, because a form is shown or because it failed.
 */
export async function undoRetirement(
  workbench: Workbench,
  { id, name }: Pick<IJob, 'id' | 'name'>
): Promise<IJob | null> {
  const { drafts, retired } = workbench;
  const before = retired.get(id);
  if (!before) {
    // Since the page was loaded anew, only what the Hub knows is known.
    await adoptDataset(workbench, name);
    return null;
  }
  const scripts = await attempt(() => writeScripts(workbench, before));
  if (!scripts) {
    return null;
  }
  const content = { ...before.content, ...scripts };
  if (before.repo_id === null) {
    const draft = await drafts.create(content);
    reportError(drafts.openError);
    if (draft) {
      await openDraft(workbench, draft.id);
    }
    return null;
  }
  const draft = await drafts.adopt(name);
  reportError(drafts.openError);
  if (!draft) {
    return null;
  }
  draft.change({ ...content, private: draft.content.private });
  if (!(await draft.save())) {
    reportError(draft.saveError);
    return null;
  }
  const job = await startJob(workbench, { kind: 'adopt', draft_id: draft.id });
  if (!job) {
    await openDraft(workbench, draft.id);
  }
  return job;
}

/**
 * A dataset as it is; null if it cannot be changed or read, so that it could not be brought back.
 */
async function asItIs(
  { services }: Workbench,
  name: string,
  fromHub: boolean
): Promise<IRetired | null> {
  const { client } = services;
  try {
    const [entry, draft] = await Promise.all([
      client.getEntry(name),
      client.editRecord(name)
    ]);
    // It was only to be read.
    await client.deleteDraft(draft.id);
    const { title, values, private: isPrivate } = draft.content;
    const repoId = entry.record['repo_id'];
    const isOnHub = entry.repo_url !== null && !fromHub;
    return {
      name,
      repo_id: isOnHub && typeof repoId === 'string' ? repoId : null,
      content: { title, values: withoutScripts(values), private: isPrivate },
      loader: entry.loader,
      batch_script: entry.batch_script
    };
  } catch {
    return null;
  }
}

/**
 * The server takes the scripts' names from their paths.
 */
function withoutScripts(
  values: IDraftContent['values']
): IDraftContent['values'] {
  const rest = { ...values };
  delete rest['loader'];
  delete rest['batch_script'];
  return rest;
}

/**
 * Write the scripts into the folder for notebooks: a draft takes them from files.
 */
async function writeScripts(
  workbench: Workbench,
  { name, loader, batch_script }: IRetired
): Promise<Pick<IDraftContent, 'loader_path' | 'batch_script_path'>> {
  const { contents } = workbench.services;
  const [folder = ''] = notebookFolders(workbench);
  const own = PathExt.join(folder, name);
  const write = async (script: IEntry['loader']): Promise<string | null> => {
    if (!script) {
      return null;
    }
    await makeFolder(contents, own);
    const path = await freePath(workbench, own, script);
    await contents.save(path, {
      type: 'file',
      format: 'text',
      content: script.text
    });
    return path;
  };
  return {
    loader_path: await write(loader),
    batch_script_path: await write(batch_script)
  };
}

/**
 * A path in a folder that no other text has.
 */
async function freePath(
  { services }: Workbench,
  folder: string,
  script: NonNullable<IEntry['loader']>
): Promise<string> {
  for (let number = 0; number < MOST_FOLDERS; number++) {
    const inside = number === 0 ? folder : `${folder}/${number}`;
    const path = PathExt.join(inside, script.file_name);
    const found = await services.contents
      .get(path, { type: 'file', format: 'text', content: true })
      .catch(() => null);
    if (found === null || found.content === script.text) {
      await makeFolder(services.contents, inside);
      return path;
    }
  }
  throw new CatalogError(
    'conflict',
    services.trans.__(
      'The folder %1 contains other scripts with the same names. Nothing was changed: move them, then try again.',
      folder
    )
  );
}

const MOST_FOLDERS = 20;
