import { PathExt } from '@jupyterlab/coreutils';

import type { IDraftContent, ILocation } from '../../types/api';
import type { ScriptMember } from '../../types/scripts';
import { stillBeside } from './companions';

/**
 * The members of a draft that hold the scripts' contents paths.
 */
const PATH_MEMBERS = {
  loader: 'loader_path',
  batch_script: 'batch_script_path'
} as const;

/**
 * The changes to a draft when a script is replaced, or removed with a null path.
 */
export function withScript(
  content: Pick<IDraftContent, 'editing' | 'values'> & Partial<IDraftContent>,
  member: ScriptMember,
  path: string | null
): Partial<IDraftContent> {
  const { editing, values } = content;
  const changed = { ...values };
  // The server takes the script's name from its path.
  delete changed[member];
  if (path === null && editing !== null) {
    // If it were left out, the entry's script would stay.
    changed[member] = null;
  }
  const part = { [PATH_MEMBERS[member]]: path, values: changed };
  const companions = stillBeside({ ...content, ...part });
  return {
    ...part,
    ...(content.companion_paths?.length !== companions.length &&
      content.companion_paths && { companion_paths: companions }),
    ...(member === 'loader' &&
      content.loader_in_repository && { loader_in_repository: null })
  };
}

/**
 * The values with the location of the data and what follows from it. A nickname that is set stays.
 */
export function withLocation(
  values: IDraftContent['values'],
  { data_path, name_proposal, portal_link }: ILocation
): IDraftContent['values'] {
  return {
    ...values,
    data_path,
    ...(portal_link && { portal_link }),
    ...(!values['name'] && name_proposal && { name: name_proposal })
  };
}

/**
 * The contents path of the folder that the data is in, or is; null if there is none to be seen.
 */
export function folderOf(location: ILocation | null): string | null {
  const { contents_path = null, is_folder, access } = location ?? {};
  if (contents_path === null || access?.status === 'missing') {
    return null;
  }
  return is_folder ? contents_path : PathExt.dirname(contents_path);
}

/**
 * The entries and drafts of the same data, without what a draft is about itself.
 */
export function othersOf(
  { id, content }: { id: string; content: IDraftContent },
  location: ILocation | null
): Pick<ILocation, 'datasets' | 'drafts'> {
  const { datasets = [], drafts = [] } = location ?? {};
  return {
    datasets: datasets.filter(({ name }) => name !== content.editing),
    drafts: drafts.filter(draft => draft.id !== id)
  };
}

/**
 * The contents path of the folder that a draft's script is in; null if it has none.
 */
export function folderOfScript(
  content: IDraftContent,
  member: ScriptMember
): string | null {
  const path = content[PATH_MEMBERS[member]];
  return path === null ? null : PathExt.dirname(path);
}
