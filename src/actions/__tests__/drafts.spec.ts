import { Notification } from '@jupyterlab/apputils';

import {
  draftAnswer,
  draftSummaryAnswer,
  entryAnswer,
  jobAnswer,
  locationAnswer
} from '../../api/__tests__/answers';
import { workbenchOver } from '../../models/__tests__/workbenchOver';
import type { IDraftContent } from '../../types/api';
import { CatalogError } from '../../types/errors';
import {
  adoptDataset,
  createDraft,
  deleteDraft,
  editDataset,
  overwriteDataset,
  setData,
  setScript
} from '../drafts';
import { pressInDialog } from './dialog';

const wine = locationAnswer();

const notices = () => Notification.manager.notifications.map(it => it.message);

afterEach(() => Notification.dismiss());

describe('createDraft', () => {
  it('takes over what is known of the location', async () => {
    const createOnServer = jest.fn(async (content: Partial<IDraftContent>) =>
      draftAnswer(content)
    );
    const { workbench, services } = workbenchOver({
      createDraft: createOnServer,
      locate: async () => wine
    });
    await createDraft(workbench, 'wine');
    expect(createOnServer).toHaveBeenCalledWith({
      title: 'wine',
      values: { name: 'wine', data_path: '/data/wine' }
    });
    expect(workbench.navigation.view).toEqual({ kind: 'draft', id: '0123' });
    expect(services.reveal).toHaveBeenCalled();
  });

  it.each([
    ['main', 'tab'],
    ['sidebar', 'sidebar']
  ] as const)('shows it where the settings say: %s', async (place, shown) => {
    const openTab = jest.fn();
    const { workbench } = workbenchOver({}, { openTab });
    jest
      .spyOn(workbench, 'settings', 'get')
      .mockReturnValue({ ...workbench.settings, formPlace: place });
    await createDraft(workbench);
    expect(openTab).toHaveBeenCalledTimes(shown === 'tab' ? 1 : 0);
    const { kind } = workbench.navigation.view;
    expect(kind).toBe(shown === 'tab' ? 'browse' : 'draft');
  });

  it.each([
    ['Open the entry', { kind: 'entry', name: 'wine-2020' }, 0],
    ['Open the draft', { kind: 'draft', id: 'd1' }, 0],
    ['Catalog it anyway', { kind: 'draft', id: '0123' }, 1],
    ['Cancel', { kind: 'browse' }, 0]
  ] as const)(
    'offers what there is already of the data: %s',
    async (label, view, created) => {
      const createOnServer = jest.fn(async () => draftAnswer());
      const { workbench } = workbenchOver({
        createDraft: createOnServer,
        locate: async () =>
          locationAnswer({
            datasets: [{ name: 'wine-2020', title: 'Wine 2020' }],
            drafts: [draftSummaryAnswer()]
          })
      });
      const creating = createDraft(workbench, 'wine');
      await pressInDialog(label);
      await creating;
      expect(workbench.navigation.view).toEqual(view);
      expect(createOnServer).toHaveBeenCalledTimes(created);
    }
  );

  it('creates none for a location that is forbidden, and says why', async () => {
    const createOnServer = jest.fn();
    const { workbench } = workbenchOver({
      createDraft: createOnServer,
      locate: () =>
        Promise.reject(new CatalogError('forbidden', 'That is elsewhere.'))
    });
    await createDraft(workbench, 'link-out');
    expect(createOnServer).not.toHaveBeenCalled();
    expect(workbench.navigation.view.kind).toBe('browse');
    expect(notices()).toEqual(['That is elsewhere.']);
  });
});

describe('editDataset', () => {
  it('says why a dataset cannot be edited', async () => {
    const { workbench } = workbenchOver({
      editRecord: () => Promise.reject(new CatalogError('forbidden', 'No.'))
    });
    await editDataset(workbench, 'iris');
    expect(notices()).toEqual(['No.']);
    expect(workbench.navigation.view.kind).toBe('browse');
  });
});

describe('adoptDataset', () => {
  it('names the repository without its organization', async () => {
    const adoptHubDataset = jest.fn(async () => draftAnswer());
    const { workbench } = workbenchOver({ adoptHubDataset });
    await adoptDataset(workbench, 'NERSC/tides');
    expect(adoptHubDataset).toHaveBeenCalledWith('tides');
    expect(workbench.navigation.view).toEqual({ kind: 'draft', id: '0123' });
  });
});

describe('setData', () => {
  it('keeps the nickname that the draft has', async () => {
    const { workbench } = workbenchOver({ locate: async () => wine });
    const draft = (await workbench.drafts.create({
      values: { name: 'mine' }
    }))!;
    await setData(workbench, draft, 'wine');
    expect(draft.content.values).toEqual({
      name: 'mine',
      data_path: '/data/wine'
    });
  });
});

describe('setScript', () => {
  it('is for the draft in the sidebar, else for that in the tab, else for a new one', async () => {
    const createOnServer = jest.fn(async (content: Partial<IDraftContent>) =>
      draftAnswer(content, { id: 'new' })
    );
    const openTab = jest.fn();
    const { workbench } = workbenchOver(
      { createDraft: createOnServer },
      { openTab }
    );
    jest
      .spyOn(workbench, 'settings', 'get')
      .mockReturnValue({ ...workbench.settings, formPlace: 'sidebar' });
    await setScript(workbench, 'loader', 'a.py');
    expect(createOnServer).toHaveBeenCalledWith({
      loader_path: 'a.py',
      values: {}
    });
    await setScript(workbench, 'loader', 'b.py');
    expect(workbench.drafts.find('new')?.content.loader_path).toBe('b.py');

    workbench.navigation.show({ kind: 'browse' });
    workbench.tabDraft = await workbench.drafts.open('tab');
    await setScript(workbench, 'batch_script', 'run.sh');
    expect(workbench.tabDraft?.content.batch_script_path).toBe('run.sh');
    expect(openTab).toHaveBeenCalledWith('tab');
    expect(createOnServer).toHaveBeenCalledTimes(1);
  });

  it.each([
    ['was published', 'succeeded'],
    ['is being published', 'running']
  ] as const)(
    'begins a new draft while a tab shows one that %s',
    async (_, state) => {
      let created = 0;
      const job = jobAnswer({ state, draft_id: 'tab' });
      const { workbench } = workbenchOver({
        createDraft: async content =>
          draftAnswer(content, { id: `new-${++created}` }),
        locate: async () => wine
      });
      const { drafts, navigation, jobs } = workbench;
      const old = (await drafts.open('tab'))!;
      workbench.tabDraft = old;
      jest.spyOn(jobs, 'jobs', 'get').mockReturnValue([job]);
      if (state === 'succeeded') {
        drafts.close('tab');
      }
      await setScript(workbench, 'loader', 'a.py');
      expect(navigation.view).toEqual({ kind: 'draft', id: 'new-1' });
      expect(drafts.find('new-1')?.content.loader_path).toBe('a.py');
      expect(old.content.loader_path).toBeNull();

      await setData(workbench, old, 'wine');
      expect(navigation.view).toEqual({ kind: 'draft', id: 'new-2' });
      expect(old.content.values).toEqual({ name: 'iris' });
    }
  );
});

describe('deleteDraft', () => {
  it('deletes a draft if the user agrees', async () => {
    const deleteOnServer = jest.fn(async () => undefined);
    const { workbench } = workbenchOver({ deleteDraft: deleteOnServer });
    workbench.navigation.show({ kind: 'draft', id: 'd1' });
    workbench.navigation.show({ kind: 'account' });
    const no = deleteDraft(workbench, 'd1', 'Wine');
    await pressInDialog('Cancel');
    await no;
    expect(deleteOnServer).not.toHaveBeenCalled();
    const yes = deleteDraft(workbench, 'd1', 'Wine');
    await pressInDialog('Delete');
    await yes;
    expect(deleteOnServer).toHaveBeenCalledWith('d1');
    expect(workbench.navigation.trail).toEqual([{ kind: 'browse' }]);
  });

  it('says why it could not be deleted', async () => {
    const { workbench } = workbenchOver({
      deleteDraft: () => Promise.reject(new CatalogError('storage', 'Full.'))
    });
    const deleting = deleteDraft(workbench, 'd1', 'Wine');
    await pressInDialog('Delete');
    await deleting;
    expect(notices()).toEqual(['Full.']);
  });
});

describe('overwriteDataset', () => {
  it('lets the draft replace the present version', async () => {
    const { workbench } = workbenchOver({
      editRecord: async () =>
        draftAnswer({ editing: 'iris', editing_etag: 'old' }),
      getEntry: async () => entryAnswer({ etag: 'new' })
    });
    await editDataset(workbench, 'iris');
    const draft = workbench.drafts.find('0123')!;
    await overwriteDataset(workbench, draft);
    expect(draft.content.editing_etag).toBe('new');
    expect(draft.isDirty).toBe(true);
  });
});
