import { Notification } from '@jupyterlab/apputils';
import { FileDialog } from '@jupyterlab/filebrowser';

import { memberFor } from '../models/scripts';
import type { IServices } from '../models/services';
import type { ScriptMember } from '../types/scripts';
import { makeFolder } from './notebooks/loaderCopies';

/**
 * Let the user pick the folder or file of the data.
 *
 * @param start - The folder that the dialog begins in; null for that of the file browser.
 * @returns Its contents path; null if they cancelled.
 */
export async function pickData(
  services: IServices,
  start: string | null
): Promise<string | null> {
  const title = services.trans.__('Folder or file of the data');
  return pick(services, title, start);
}

/**
 * Let the user pick a script.
 *
 * @param start - The folder that the dialog begins in; null for that of the file browser.
 */
export async function pickScript(
  services: IServices,
  member: ScriptMember,
  start: string | null
): Promise<string | null> {
  const { trans } = services;
  const title =
    member === 'loader' ? trans.__('Loader script') : trans.__('Batch script');
  return pick(services, title, start, member);
}

/**
 * Let the user pick a folder to write to.
 */
export async function pickFolder(
  services: IServices,
  start: string
): Promise<string | null> {
  const { contents, docManager, trans, translator } = services;
  if (!docManager) {
    return start;
  }
  // The dialog begins at the root folder where it may not be made.
  await makeFolder(contents, start).catch(() => undefined);
  const { button, value } = await FileDialog.getExistingDirectory({
    manager: docManager,
    translator,
    title: trans.__('Folder for the notebook'),
    defaultPath: start
  });
  return button.accept && value?.[0] ? contents.localPath(value[0].path) : null;
}

async function pick(
  services: IServices,
  title: string,
  start: string | null,
  member?: ScriptMember
): Promise<string | null> {
  const { docManager, fileBrowser, translator } = services;
  if (!docManager) {
    Notification.info(
      services.trans.__(
        'This application has no file dialog. Drag the file onto the form instead.'
      )
    );
    return null;
  }
  const { button, value } = await FileDialog.getOpenFiles({
    manager: docManager,
    translator,
    title,
    defaultPath: start ?? fileBrowser?.model.path ?? '',
    ...(member && {
      filter: item =>
        item.type === 'directory' || memberFor(item.path) === member ? {} : null
    })
  });
  const item = value?.[0];
  return button.accept && item && !(member && item.type === 'directory')
    ? services.contents.localPath(item.path)
    : null;
}
