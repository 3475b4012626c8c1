import { Notification } from '@jupyterlab/apputils';

import {
  draftAnswer,
  jobAnswer,
  locationAnswer,
  previewAnswer
} from '../../api/__tests__/answers';
import { workbenchOver } from '../../models/__tests__/workbenchOver';
import type { DraftModel } from '../../models/drafts/draft';
import { CatalogError } from '../../types/errors';
import { publishDraft } from '../publishDraft';
import { pressInDialog } from './dialog';

const wine = locationAnswer();

const notices = () => Notification.manager.notifications.map(it => it.message);

afterEach(() => Notification.dismiss());

describe('publishDraft', () => {
  it('starts nothing while there are errors', async () => {
    const startJob = jest.fn();
    const errors = [{ pointer: '/name', code: 'required', detail: 'Name it.' }];
    const { workbench } = workbenchOver({
      startJob,
      previewDraft: () =>
        Promise.reject(new CatalogError('invalid_record', 'No.', errors))
    });
    const draft = (await workbench.drafts.create({}))!;
    expect(await publishDraft(workbench, draft)).toBeNull();
    expect(draft.findings.errors).toEqual(errors);
    expect(startJob).not.toHaveBeenCalled();
  });

  it('asks first, and starts nothing after a no', async () => {
    const startJob = jest.fn(async () => jobAnswer({ state: 'succeeded' }));
    const { workbench } = workbenchOver({
      startJob,
      previewDraft: async () => previewAnswer()
    });
    const draft = (await workbench.drafts.create({}))!;
    const no = publishDraft(workbench, draft);
    expect(await pressInDialog('Cancel')).toContain('Make the repository');
    expect(await no).toBeNull();
    expect(startJob).not.toHaveBeenCalled();
    const yes = publishDraft(workbench, draft);
    await pressInDialog('Publish anyway');
    expect((await yes)?.id).toBe('j1');
    expect(startJob).toHaveBeenCalledWith({
      kind: 'publish',
      draft_id: '0123',
      private: false,
      create_pr: false
    });
  });

  it.each([
    [
      'there is nothing',
      async () => ({ ...wine, access: { status: 'missing' as const } })
    ],
    [
      'the path is wrong',
      () => Promise.reject(new CatalogError('not_found', 'No.'))
    ]
  ])(
    'asks with the warnings even where it need not ask: %s',
    async (_, locate) => {
      const startJob = jest.fn(async () => jobAnswer());
      const { workbench } = workbenchOver({
        startJob,
        locate,
        createDraft: async () =>
          draftAnswer({ values: { name: 'wine', data_path: '/data/wine' } }),
        previewDraft: async () =>
          previewAnswer({
            warnings: [
              {
                pointer: '/license',
                code: 'recommended',
                detail: 'No licence.'
              },
              { pointer: '/name', code: 'name_advice', detail: 'Better.' }
            ]
          })
      });
      jest
        .spyOn(workbench, 'settings', 'get')
        .mockReturnValue({ ...workbench.settings, confirmPublish: false });
      const draft = (await workbench.drafts.create({}))!;
      const no = publishDraft(workbench, draft);
      const text = await pressInDialog('Cancel');
      expect(await no).toBeNull();
      expect(text).toContain('No licence.');
      expect(text).toContain('There is nothing at /data/wine.');
      expect(text).toContain('Without a loader script');
      expect(text).not.toContain('Better.');
      expect(startJob).not.toHaveBeenCalled();
    }
  );

  it('does not ask where it need not and nothing speaks against it', async () => {
    const startJob = jest.fn(async () => jobAnswer({ state: 'succeeded' }));
    const { workbench } = workbenchOver({
      startJob,
      locate: async () => wine,
      createDraft: async () =>
        draftAnswer({
          values: { name: 'wine', data_path: '/data/wine' },
          loader_path: 'load.py'
        }),
      previewDraft: async () => previewAnswer()
    });
    jest
      .spyOn(workbench, 'settings', 'get')
      .mockReturnValue({ ...workbench.settings, confirmPublish: false });
    const draft = (await workbench.drafts.create({}))!;
    expect(await publishDraft(workbench, draft)).not.toBeNull();
    expect(startJob).toHaveBeenCalledTimes(1);
  });

  /**
   * Publish a draft, without a question, on a server that refuses the job.
   */
  async function refusedWith(error: CatalogError): Promise<DraftModel> {
    const { workbench } = workbenchOver({
      startJob: () => Promise.reject(error),
      previewDraft: async () => previewAnswer(),
      validateDraft: async () => ({
        errors: [],
        warnings: [{ pointer: '', code: 'conflict', detail: 'It changed.' }]
      })
    });
    const draft = (await workbench.drafts.create({}))!;
    const publishing = publishDraft(workbench, draft);
    await pressInDialog('Publish anyway');
    expect(await publishing).toBeNull();
    return draft;
  }

  it('shows what the job found in the draft at its fields', async () => {
    const errors = [{ pointer: '/name', code: 'conflict', detail: 'Taken.' }];
    const draft = await refusedWith(
      new CatalogError('invalid_record', 'No.', errors)
    );
    expect(draft.findings.errors).toEqual(errors);
    expect(notices()).toEqual([]);
  });

  it('says why the job was refused, and what to do after a conflict', async () => {
    const draft = await refusedWith(new CatalogError('conflict', 'Stale.'));
    expect(notices()).toEqual(['Stale.']);
    expect(draft.findings.warnings[0]?.detail).toBe('It changed.');
  });
});
