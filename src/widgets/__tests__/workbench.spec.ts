import { Notification } from '@jupyterlab/apputils';
import { fireEvent, screen, within } from '@testing-library/react';

import {
  draftAnswer,
  entryAnswer,
  jobAnswer,
  sessionAnswer
} from '../../api/__tests__/answers';
import type { IDraftContent, ILocation, IPreview } from '../../api/types';
import { CatalogError } from '../../errors';
import { workbenchOver } from './bench';

const wine: ILocation = {
  data_path: '/data/wine',
  contents_path: 'wine',
  is_folder: true,
  portal_link: null,
  access: { status: 'readable' },
  name_proposal: 'wine'
};

const preview = {
  record: {},
  card: '',
  card_html: { html: '', is_cut: false },
  notebook: {},
  cells_html: [],
  loader: null,
  batch_script: null,
  files: [],
  actions: ['Make the repository'],
  warnings: []
} satisfies IPreview;

/**
 * Wait until what was begun and not waited for is done.
 */
const settled = () => new Promise(resolve => setTimeout(resolve));

const told = () => Notification.manager.notifications.map(it => it.message);

afterEach(() => Notification.dismiss());

describe('Workbench', () => {
  it('begins a draft with what is known of the place', async () => {
    const createDraft = jest.fn(async (content: Partial<IDraftContent>) =>
      draftAnswer(content)
    );
    const { workbench, services } = workbenchOver({
      createDraft,
      locate: async () => wine
    });
    await workbench.create('wine');
    expect(createDraft).toHaveBeenCalledWith({
      title: 'wine',
      values: { name: 'wine', data_path: '/data/wine' }
    });
    expect(workbench.navigation.view).toEqual({ kind: 'draft', id: '0123' });
    expect(services.reveal).toHaveBeenCalled();
  });

  it('begins none for a place that it may not look at, and says why', async () => {
    const createDraft = jest.fn();
    const { workbench } = workbenchOver({
      createDraft,
      locate: () =>
        Promise.reject(new CatalogError('forbidden', 'That is elsewhere.'))
    });
    await workbench.create('link-out');
    expect(createDraft).not.toHaveBeenCalled();
    expect(workbench.navigation.view.kind).toBe('browse');
    expect(told()).toEqual(['That is elsewhere.']);
  });

  it('takes a script for the draft in sight, else for that of the tab, else for a new one', async () => {
    const createDraft = jest.fn(async (content: Partial<IDraftContent>) =>
      draftAnswer(content, { id: 'new' })
    );
    const openTab = jest.fn();
    const { workbench } = workbenchOver({ createDraft }, { openTab });
    await workbench.useScript('loader', 'a.py');
    expect(createDraft).toHaveBeenCalledWith({
      loader_path: 'a.py',
      values: {}
    });
    await workbench.useScript('loader', 'b.py');
    expect(workbench.drafts.find('new')?.content.loader_path).toBe('b.py');

    workbench.navigation.show({ kind: 'browse' });
    workbench.tabDraft = await workbench.drafts.open('tab');
    await workbench.useScript('batch_script', 'run.sh');
    expect(workbench.tabDraft?.content.batch_script_path).toBe('run.sh');
    expect(openTab).toHaveBeenCalledWith('tab');
    expect(createDraft).toHaveBeenCalledTimes(1);
  });

  it('publishes nothing while there are errors', async () => {
    const startJob = jest.fn();
    const errors = [{ pointer: '/name', code: 'required', detail: 'Name it.' }];
    const { workbench } = workbenchOver({
      startJob,
      previewDraft: () =>
        Promise.reject(new CatalogError('invalid_record', 'No.', errors))
    });
    const draft = await workbench.drafts.create({});
    expect(draft && (await workbench.publish(draft))).toBeNull();
    expect(draft?.findings.errors).toEqual(errors);
    expect(startJob).not.toHaveBeenCalled();
  });

  it('lets a draft replace what others changed since, when the person says so', async () => {
    const validateDraft = jest.fn(async () => ({ errors: [], warnings: [] }));
    const { workbench } = workbenchOver(
      {
        editRecord: async () =>
          draftAnswer({ editing: 'iris', editing_etag: 'old' }),
        getEntry: async () => entryAnswer({ etag: 'new' }),
        validateDraft
      },
      {}
    );
    await workbench.edit('iris');
    const draft = workbench.drafts.find('0123');
    expect(draft?.content.editing_etag).toBe('old');
    await (draft && workbench.overwrite(draft));
    expect(draft?.content.editing_etag).toBe('new');
    expect(draft?.isDirty).toBe(true);
  });

  it('asks before it publishes, and does nothing after a no', async () => {
    const startJob = jest.fn(async () => jobAnswer({ state: 'succeeded' }));
    const { workbench } = workbenchOver({
      startJob,
      previewDraft: async () => preview
    });
    const draft = await workbench.drafts.create({});
    const answer = async (label: string) => {
      const published = draft && workbench.publish(draft);
      await screen.findByText('Make the repository');
      const dialog = document.querySelector<HTMLElement>('.jp-Dialog');
      fireEvent.click(within(dialog ?? document.body).getByText(label));
      return published;
    };
    expect(await answer('Cancel')).toBeNull();
    expect(startJob).not.toHaveBeenCalled();
    expect((await answer('Publish'))?.id).toBe('j1');
    expect(startJob).toHaveBeenCalledWith({
      kind: 'publish',
      draft_id: '0123',
      private: false,
      create_pr: false
    });
  });

  it('tells of the end of a job that nobody looks at, and forgets its draft', async () => {
    const job = jobAnswer({ draft_id: '0123' });
    const listJobs = jest.fn(async () => ({
      jobs: [{ ...job, state: 'succeeded' as const, updated_at: '2026-01-02' }]
    }));
    // The stream of events is not what is tested.
    const EventSource = jest.fn(() => ({
      addEventListener: jest.fn(),
      close: jest.fn()
    }));
    Object.assign(globalThis, { EventSource });
    const { workbench } = workbenchOver({
      listJobs,
      startJob: async () => job
    });
    await workbench.drafts.open('0123');
    await workbench.order({ kind: 'publish', draft_id: '0123' });
    expect(told()).toEqual([]);
    await workbench.jobs.refresh();
    expect(told()).toEqual(['iris: done.']);
    expect(workbench.drafts.find('0123')).toBeNull();
  });

  it('goes back to what was shown, unless it is gone', async () => {
    const { workbench } = workbenchOver({
      getDraft: () => Promise.reject(new CatalogError('not_found', 'Gone.'))
    });
    await workbench.restore({ kind: 'draft', id: 'gone' });
    expect(workbench.navigation.view.kind).toBe('browse');
    expect(told()).toEqual([]);
    await workbench.restore({ kind: 'entry', name: 'iris' });
    expect(workbench.navigation.view.kind).toBe('entry');
  });

  it('asks again who one is where the Hub did not say', async () => {
    const getSession = jest.fn(async (check?: boolean) =>
      check ? sessionAnswer() : sessionAnswer({ account: null })
    );
    const { workbench, services } = workbenchOver({ getSession });
    await workbench.refresh();
    await settled();
    expect(services.session.info?.account?.name).toBe('alice');
    await workbench.refresh();
    expect(getSession).toHaveBeenCalledTimes(2);
  });

  it('reads nothing more while the server does not answer', async () => {
    const searchDatasets = jest.fn();
    const { workbench, services } = workbenchOver({
      searchDatasets,
      getSession: () =>
        Promise.reject(new CatalogError('no_extension', 'Not there.'))
    });
    await workbench.refresh();
    expect(services.session.state).toBe('failed');
    expect(searchDatasets).not.toHaveBeenCalled();
  });
});
