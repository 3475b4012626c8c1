import { PathExt } from '@jupyterlab/coreutils';

import type { IDraftContent } from '../../types/api';
import type { IFieldError } from '../../types/errors';
import type { ICompanion, ScriptMember } from '../../types/scripts';

/**
 * The code of the warnings that name a file that stays behind.
 */
export const LEFT_BEHIND = 'companion';

type Content = Pick<IDraftContent, 'companion_paths' | 'values'> &
  Partial<Pick<IDraftContent, 'loader_path' | 'batch_script_path'>>;

/**
 * The files that a draft's scripts need beside them: those that come along, and those that the
 * server says stay behind.
 */
export function companionsOf(
  content: Content,
  warnings: readonly IFieldError[]
): ICompanion[] {
  const found = new Map<string, ICompanion>();
  const add = (name: string, checked: boolean, member: ScriptMember): void => {
    if (!found.has(name)) {
      found.set(name, { name, checked, member });
    }
  };
  for (const path of content.companion_paths ?? []) {
    add(PathExt.basename(path), true, scriptBeside(content, path));
  }
  for (const name of keptNames(content)) {
    add(name, true, 'loader');
  }
  for (const { code, pointer, suggestion } of warnings) {
    if (code === LEFT_BEHIND && suggestion !== undefined) {
      const member = pointer === '/batch_script' ? 'batch_script' : 'loader';
      add(suggestion, false, member);
    }
  }
  return [...found.values()];
}

/**
 * The changes to a draft when a file comes along from now on, or does not any more.
 */
export function withCompanion(
  content: Content,
  { name, member }: ICompanion,
  wanted: boolean
): Partial<IDraftContent> {
  const paths = content.companion_paths ?? [];
  if (wanted) {
    const script =
      (member === 'batch_script' ? content.batch_script_path : null) ??
      content.loader_path ??
      paths[0] ??
      '';
    const path = PathExt.join(PathExt.dirname(script), name);
    return { companion_paths: [...paths.filter(one => one !== path), path] };
  }
  const kept = keptNames(content);
  return {
    companion_paths: paths.filter(path => PathExt.basename(path) !== name),
    ...(kept.includes(name) && {
      values: {
        ...content.values,
        companions: kept.filter(other => other !== name)
      }
    })
  };
}

/**
 * The companion files that lie beside one of a draft's scripts, so that those of a script that is
 * replaced do not come along.
 */
export function stillBeside(content: Content): string[] {
  const folders = [content.loader_path, content.batch_script_path]
    .filter(path => typeof path === 'string')
    .map(path => PathExt.dirname(path));
  return (content.companion_paths ?? []).filter(path =>
    folders.includes(PathExt.dirname(path))
  );
}

/**
 * The files that the entry has, and that the draft keeps.
 */
function keptNames({ values }: Content): string[] {
  const names = values['companions'];
  return Array.isArray(names)
    ? names.filter((name): name is string => typeof name === 'string')
    : [];
}

function scriptBeside(content: Content, path: string): ScriptMember {
  const { loader_path: loader, batch_script_path: script } = content;
  const folder = PathExt.dirname(path);
  const isBesideLoader = !!loader && PathExt.dirname(loader) === folder;
  return !isBesideLoader && script && PathExt.dirname(script) === folder
    ? 'batch_script'
    : 'loader';
}
