import { Notification } from '@jupyterlab/apputils';
import type { IDocumentManager } from '@jupyterlab/docmanager';
import { FileDialog } from '@jupyterlab/filebrowser';
import type { Contents } from '@jupyterlab/services';

import { workbenchOver } from '../../models/__tests__/workbenchOver';
import type { IServices } from '../../models/services';
import { pickData, pickFolder, pickScript } from '../pickers';

const withDialog = (part: Partial<IServices> = {}): IServices =>
  workbenchOver({}, { docManager: {} as IDocumentManager, ...part }).services;

const itemAt = (path: string, type = 'file') =>
  ({ path, type }) as Contents.IModel;

/**
 * Answer the next file dialog.
 */
function choose(item: Contents.IModel | null) {
  const result = {
    button: { accept: item !== null },
    value: item && [item],
    isChecked: null
  } as unknown as Awaited<ReturnType<typeof FileDialog.getOpenFiles>>;
  return jest
    .spyOn(FileDialog, 'getOpenFiles')
    .mockImplementation(() => Promise.resolve(result));
}

afterEach(() => {
  Notification.dismiss();
  jest.restoreAllMocks();
});

describe('pickData', () => {
  it('has the path on the server, without the drive', async () => {
    choose(itemAt('RTC:data/iris', 'directory'));
    expect(await pickData(withDialog(), null)).toBe('data/iris');
  });

  it('is null if the user cancelled', async () => {
    choose(null);
    expect(await pickData(withDialog(), null)).toBeNull();
  });

  it('says what to do in an application without a file dialog', async () => {
    expect(await pickData(workbenchOver().services, null)).toBeNull();
    expect(Notification.manager.notifications[0]?.message).toContain(
      'Drag the file onto the form instead.'
    );
  });
});

describe('pickScript', () => {
  it('offers folders and the scripts of one kind', async () => {
    const dialog = choose(itemAt('load.py'));
    expect(await pickScript(withDialog(), 'loader', null)).toBe('load.py');
    const filter = dialog.mock.calls[0]?.[0].filter;
    const offered = [
      itemAt('data', 'directory'),
      itemAt('load.py'),
      itemAt('run.sh')
    ].filter(item => filter?.(item));
    expect(offered.map(({ path }) => path)).toEqual(['data', 'load.py']);
  });

  it('starts in the folder of the data, else in that of the file browser', async () => {
    const fileBrowser = {
      model: { path: 'RTC:here' }
    } as unknown as IServices['fileBrowser'];
    const dialog = choose(itemAt('load.py'));
    const services = withDialog({ fileBrowser });
    await pickScript(services, 'loader', 'data/iris');
    await pickScript(services, 'loader', '');
    await pickData(services, null);
    expect(dialog.mock.calls.map(([{ defaultPath }]) => defaultPath)).toEqual([
      'data/iris',
      '',
      'RTC:here'
    ]);
  });

  it('takes no folder for a script', async () => {
    choose(itemAt('data', 'directory'));
    expect(await pickScript(withDialog(), 'batch_script', null)).toBeNull();
  });
});

describe('pickFolder', () => {
  it('starts at a folder, which it is without a file dialog', async () => {
    expect(await pickFolder(workbenchOver().services, 'notes')).toBe('notes');
    const dialog = jest
      .spyOn(FileDialog, 'getExistingDirectory')
      .mockResolvedValue({
        button: { accept: true },
        value: [itemAt('RTC:other', 'directory')],
        isChecked: null
      } as unknown as Awaited<
        ReturnType<typeof FileDialog.getExistingDirectory>
      >);
    expect(await pickFolder(withDialog(), 'notes')).toBe('other');
    expect(dialog.mock.calls[0]?.[0].defaultPath).toBe('notes');
  });
});
