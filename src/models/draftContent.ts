import type { IDraftContent, ILocation } from '../types/api';
import type { ScriptMember } from './scripts';

/**
 * Where a draft keeps the contents path of each script.
 */
const PATH_MEMBERS = {
  loader: 'loader_path',
  batch_script: 'batch_script_path'
} as const;

/**
 * What changes in a draft with another script, or with none.
 */
export function withScript(
  { editing, values }: Pick<IDraftContent, 'editing' | 'values'>,
  member: ScriptMember,
  path: string | null
): Partial<IDraftContent> {
  const changed = { ...values };
  // The script's name comes from its path.
  delete changed[member];
  if (path === null && editing !== null) {
    // Left out, the one that the entry has would stay.
    changed[member] = null;
  }
  return { [PATH_MEMBERS[member]]: path, values: changed };
}

/**
 * The values with the place of the data, and what follows from it. A name that was given stays.
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
