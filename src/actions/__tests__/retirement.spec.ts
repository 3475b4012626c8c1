import type { Contents } from '@jupyterlab/services';
import { Notification } from '@jupyterlab/apputils';

import {
  datasetAnswer,
  draftAnswer,
  entryAnswer,
  jobAnswer,
  pageAnswer
} from '../../api/__tests__/answers';
import { workbenchOver } from '../../models/__tests__/workbenchOver';
import type { IDraftContent, IJobOrder } from '../../types/api';
import { retireDataset, undoRetirement } from '../retirement';
import { pressInDialog } from './dialog';

afterEach(() => Notification.dismiss());

describe('retireDataset', () => {
  it('asks, names the repository, and starts the job with the answer', async () => {
    const startJob = jest.fn(async () => jobAnswer({ state: 'succeeded' }));
    const { workbench } = workbenchOver({
      startJob,
      searchDatasets: async () =>
        pageAnswer([
          datasetAnswer({
            repo_id: 'NERSC/iris',
            repo_url: 'https://hub.example/iris'
          })
        ])
    });
    await workbench.search.refresh();
    const retiring = retireDataset(workbench, 'iris');
    expect(await pressInDialog('Retire', /repository NERSC\/iris/)).toContain(
      'Retire "Iris"?'
    );
    await retiring;
    expect(startJob).toHaveBeenCalledWith({
      kind: 'retire',
      name: 'iris',
      from_hub: true
    });
    workbench.search.dispose();
  });

  it('starts nothing after a no', async () => {
    const startJob = jest.fn();
    const { workbench } = workbenchOver({ startJob });
    const retiring = retireDataset(workbench, 'iris');
    await pressInDialog('Cancel');
    await retiring;
    expect(startJob).not.toHaveBeenCalled();
  });
});

/**
 * A workbench whose catalog has iris with a loader, and whose files are those given.
 */
function withIris(files: Record<string, string> = {}) {
  const startJob = jest.fn(async (order: IJobOrder) =>
    jobAnswer({ id: order.kind, kind: order.kind, state: 'succeeded' })
  );
  const deleteDraft = jest.fn(async () => undefined);
  const written = jest.fn(
    async (...[, content]: [string, IDraftContent, string]) =>
      draftAnswer(content, { id: 'adopted', etag: '2' })
  );
  const createDraft = jest.fn(async (content: Partial<IDraftContent>) =>
    draftAnswer(content, { id: 'made' })
  );
  const contents = {
    localPath: (path: string) => path,
    get: async (path: string) => {
      if (path in files) {
        return { content: files[path] };
      }
      throw new Error('404');
    },
    save: async (path: string, { type, content }: Partial<Contents.IModel>) => {
      if (type === 'file') {
        files[path] = content;
      }
    }
  } as unknown as Contents.IManager;
  const { workbench } = workbenchOver(
    {
      startJob,
      deleteDraft,
      createDraft,
      writeDraft: written,
      getEntry: async () =>
        entryAnswer({
          record: { name: 'iris', repo_id: 'NERSC/iris' },
          repo_url: 'https://hub.example/iris'
        }),
      editRecord: async () =>
        draftAnswer(
          {
            title: 'Iris',
            values: { name: 'iris', data_path: '/data', loader: 'load.py' },
            private: true,
            editing: 'iris'
          },
          { id: 'read' }
        ),
      adoptHubDataset: async () =>
        draftAnswer({ values: { name: 'iris' } }, { id: 'adopted' })
    },
    { contents }
  );
  return { workbench, startJob, deleteDraft, createDraft, written, files };
}

async function retire(
  { workbench }: ReturnType<typeof withIris>,
  tick?: RegExp
) {
  const retiring = retireDataset(workbench, 'iris');
  await pressInDialog('Retire', tick);
  await retiring;
  return workbench.jobs.find('retire')!;
}

describe('undoRetirement', () => {
  it('adopts the repository that stayed, with all that was known of it', async () => {
    const given = withIris();
    const job = await retire(given);
    expect(given.deleteDraft).toHaveBeenCalledWith('read');
    const undone = await undoRetirement(given.workbench, job);
    expect(undone?.kind).toBe('adopt');
    expect(given.startJob).toHaveBeenLastCalledWith({
      kind: 'adopt',
      draft_id: 'adopted'
    });
    expect(given.written.mock.calls[0]?.[1]).toMatchObject({
      values: { name: 'iris', data_path: '/data' },
      // As it is on the Hub now.
      private: false,
      editing: null,
      loader_path: 'dataset-notebooks/iris/load.py',
      batch_script_path: null
    });
    expect(given.files).toEqual({
      'dataset-notebooks/iris/load.py': 'print(1)\n'
    });
  });

  it('overwrites no script of that name', async () => {
    const given = withIris({ 'dataset-notebooks/iris/load.py': 'mine' });
    await undoRetirement(given.workbench, await retire(given));
    expect(given.files).toEqual({
      'dataset-notebooks/iris/load.py': 'mine',
      'dataset-notebooks/iris/1/load.py': 'print(1)\n'
    });
  });

  it('shows the filled form where the repository was deleted', async () => {
    const given = withIris();
    const { workbench, startJob, createDraft } = given;
    jest.spyOn(workbench.datasets, 'find').mockReturnValue({
      name: 'iris',
      pretty_name: 'Iris',
      repo_id: 'NERSC/iris',
      repo_url: 'https://hub.example/iris'
    });
    const job = await retire(given, /Also delete/);
    expect(await undoRetirement(workbench, job)).toBeNull();
    expect(createDraft).toHaveBeenCalledWith({
      title: 'Iris',
      values: { name: 'iris', data_path: '/data' },
      private: true,
      loader_path: 'dataset-notebooks/iris/load.py',
      batch_script_path: null
    });
    expect(workbench.navigation.view).toEqual({ kind: 'draft', id: 'made' });
    expect(startJob).toHaveBeenCalledTimes(1);
  });

  it('begins from what the Hub knows after the page was loaded anew', async () => {
    const { workbench, startJob } = withIris();
    const job = jobAnswer({ id: 'old', kind: 'retire' });
    expect(await undoRetirement(workbench, job)).toBeNull();
    expect(workbench.navigation.view).toEqual({ kind: 'draft', id: 'adopted' });
    expect(startJob).not.toHaveBeenCalled();
  });
});
