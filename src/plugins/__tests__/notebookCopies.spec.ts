import type { JupyterFrontEnd } from '@jupyterlab/application';
import { Notification } from '@jupyterlab/apputils';
import type { IDocumentManager } from '@jupyterlab/docmanager';
import type { INotebookTracker, NotebookPanel } from '@jupyterlab/notebook';
import { ServerConnection } from '@jupyterlab/services';
import { CommandRegistry } from '@lumino/commands';
import { Signal } from '@lumino/signaling';

import { entryAnswer } from '../../api/__tests__/answers';
import { notebookCopiesPlugin } from '../notebookCopies';
// What the plugin imports lazily is loaded already.
import '../../actions/notebooks/copyNotices';

const PATH = 'notes/iris_loader.ipynb';

/**
 * A notebook; a copy of a loader notebook if it names its original.
 */
function notebookAt(path: string, origin?: unknown): NotebookPanel {
  return {
    context: { path, ready: Promise.resolve() },
    content: { model: { getMetadata: () => origin } }
  } as unknown as NotebookPanel;
}

/**
 * The plugin in an application whose server has an original with this digest.
 */
async function originalWith(digest: string) {
  const answer = entryAnswer({
    notebook: { path: '/catalog/iris/iris_loader.ipynb', link: null, digest }
  });
  const fetch = jest.fn(async () => new Response(JSON.stringify(answer)));
  const app = {
    commands: new CommandRegistry(),
    serviceManager: {
      contents: {},
      serverSettings: ServerConnection.makeSettings({ fetch })
    }
  } as unknown as JupyterFrontEnd;
  const open: NotebookPanel[] = [];
  const tracker = {
    find: (fits: (notebook: NotebookPanel) => boolean) => open.find(fits)
  } as INotebookTracker;
  const documents = {} as IDocumentManager;
  const added = new Signal<INotebookTracker, NotebookPanel>(tracker);
  const shown = new Signal<IDocumentManager, string>(documents);
  Object.assign(tracker, { widgetAdded: added });
  Object.assign(documents, { activateRequested: shown });
  await notebookCopiesPlugin.activate(app, tracker, documents, null, null);
  return {
    fetch,
    add: (notebook: NotebookPanel): void => {
      open.push(notebook);
      added.emit(notebook);
    },
    show: (path: string): void => shown.emit(path)
  };
}

const told = () => Notification.manager.notifications;

/**
 * Wait for what was started and not awaited.
 */
const settled = () => new Promise(resolve => setTimeout(resolve));

afterEach(() => Notification.dismiss());

describe('the plugin for copies', () => {
  it('checks once and notifies once when a copy is added and shown', async () => {
    const { add, show, fetch } = await originalWith('new');
    add(notebookAt(PATH, { name: 'iris', digest: 'old' }));
    show(PATH);
    await settled();
    expect(fetch).toHaveBeenCalledTimes(1);
    expect(told()).toHaveLength(1);
  });

  it('checks again when an open one is activated', async () => {
    const { add, show, fetch } = await originalWith('new');
    const origin = { name: 'iris', digest: 'new' };
    add(notebookAt(PATH, origin));
    await settled();
    expect(told()).toHaveLength(0);
    // As if the original had changed since.
    origin.digest = 'old';
    show(PATH);
    await settled();
    expect(fetch).toHaveBeenCalledTimes(2);
    expect(told()).toHaveLength(1);
    show(PATH);
    await settled();
    expect(told()).toHaveLength(1);
  });

  it('checks no other documents', async () => {
    const { add, show, fetch } = await originalWith('new');
    add(notebookAt('other.ipynb'));
    show('other.ipynb');
    show('table.csv');
    await settled();
    expect(fetch).not.toHaveBeenCalled();
  });
});
