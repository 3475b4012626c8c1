import { Notification } from '@jupyterlab/apputils';

import { jobAnswer } from '../../api/__tests__/answers';
import { workbenchOver } from '../../models/__tests__/workbenchOver';
import type { IJob } from '../../types/api';
import { watchJobs } from '../jobNotices';

const notices = () =>
  Notification.manager.notifications.map(({ type, message }) => [
    type,
    message
  ]);

const progress = () =>
  Notification.manager.notifications.map(({ options }) => options.progress);

const messages = () => notices().map(([, message]) => message);

afterEach(() => Notification.dismiss());

const OLD = jobAnswer({
  id: 'old',
  name: 'old',
  state: 'failed',
  updated_at: '2026-01-05'
});

/**
 * A workbench whose server has these jobs, one list after the other.
 */
async function over(...lists: IJob[][]) {
  const searchDatasets = jest.fn(async () => {
    throw new Error('Not this time.');
  });
  const listJobs = jest.fn(async () => ({ jobs: lists.shift() ?? [] }));
  const { workbench } = workbenchOver({ listJobs, searchDatasets });
  const refreshed = jest
    .spyOn(workbench.search, 'refresh')
    .mockImplementation(async () => undefined);
  watchJobs(workbench);
  await workbench.jobs.refresh();
  return { workbench, refreshed };
}

/**
 * A panel that watches a job from its start to its end.
 */
async function ended(
  begun: Partial<IJob>,
  end: Partial<IJob>,
  prepare: (workbench: ReturnType<typeof workbenchOver>['workbench']) => void
) {
  // The event stream is not what is tested.
  const EventSource = jest.fn(() => ({
    addEventListener: jest.fn(),
    close: jest.fn()
  }));
  Object.assign(globalThis, { EventSource });
  const job = jobAnswer(begun);
  const { workbench } = workbenchOver({
    startJob: async () => job,
    listJobs: async () => ({
      jobs: [{ ...job, updated_at: '2026-01-02', ...end }]
    })
  });
  watchJobs(workbench);
  await workbench.drafts.open('0123');
  prepare(workbench);
  await workbench.jobs.start({ kind: job.kind, name: job.name });
  expect(notices()).toEqual([]);
  await workbench.jobs.refresh();
  workbench.search.dispose();
  return workbench;
}

describe('watchJobs', () => {
  it('notifies the user of a job elsewhere, and closes its draft', async () => {
    const workbench = await ended(
      { draft_id: '0123' },
      { state: 'succeeded' },
      () => undefined
    );
    expect(notices()).toEqual([['success', 'iris: done.']]);
    expect(workbench.drafts.find('0123')).toBeNull();
  });

  it('is silent about the job on screen', async () => {
    await ended({}, { state: 'succeeded' }, ({ navigation }) =>
      navigation.show({ kind: 'job', id: 'j1' })
    );
    expect(notices()).toEqual([]);
  });

  it('keeps the draft of a job that failed, and says why', async () => {
    const error = {
      code: 'upstream' as const,
      detail: 'The Hub is down.',
      errors: []
    };
    const workbench = await ended(
      { draft_id: '0123' },
      { state: 'failed', error },
      () => undefined
    );
    expect(notices()).toEqual([['warning', 'The Hub is down.']]);
    expect(workbench.drafts.find('0123')).not.toBeNull();
  });

  it('removes a retired dataset from the way back', async () => {
    const workbench = await ended(
      { kind: 'retire' },
      { state: 'succeeded' },
      ({ navigation }) => {
        navigation.show({ kind: 'entry', name: 'iris' });
        navigation.show({ kind: 'account' });
      }
    );
    expect(workbench.navigation.trail).toEqual([{ kind: 'browse' }]);
  });
});

describe('watchJobs, of jobs begun elsewhere', () => {
  it('says nothing of what had ended before the panel was opened', async () => {
    const { workbench, refreshed } = await over([OLD], [OLD]);
    await workbench.jobs.refresh();
    expect(messages()).toEqual([]);
    expect(refreshed).not.toHaveBeenCalled();
  });

  it('tells of a job that was begun and ended elsewhere in between', async () => {
    const retired = jobAnswer({
      kind: 'retire',
      state: 'succeeded',
      updated_at: '2026-01-06'
    });
    const { workbench, refreshed } = await over([OLD], [retired, OLD]);
    await workbench.jobs.refresh();
    expect(messages()).toEqual(['iris: done.']);
    expect(refreshed).toHaveBeenCalledTimes(1);
    await workbench.jobs.refresh();
    expect(refreshed).toHaveBeenCalledTimes(1);
  });

  it('says nothing of an old one that only this look found', async () => {
    const older = jobAnswer({ state: 'failed', updated_at: '2026-01-04' });
    const { workbench } = await over([OLD], [OLD, older]);
    await workbench.jobs.refresh();
    expect(messages()).toEqual([]);
  });

  it('shows how far a job is that reads data, in one notice until its end', async () => {
    const job = (part: Partial<IJob>): IJob =>
      jobAnswer({ id: 'j9', kind: 'checksum', ...part });
    const reading = (fraction: number, updated_at: string): IJob =>
      job({
        updated_at,
        progress: { text: 'Reading', fraction, bytes: fraction * 100 }
      });
    const { workbench } = await over(
      [],
      [job({ created_at: new Date().toISOString() })],
      [reading(0.2, '2026-01-02')],
      [reading(0.7, '2026-01-03')],
      [job({ updated_at: '2026-01-04', state: 'succeeded' })]
    );
    Object.assign(globalThis, {
      EventSource: jest.fn(() => ({
        addEventListener: jest.fn(),
        close: jest.fn()
      }))
    });
    await workbench.jobs.refresh();
    expect(notices()).toEqual([]);
    await workbench.jobs.refresh();
    expect(notices().map(([type]) => type)).toEqual(['in-progress']);
    expect(messages()).toEqual(['iris: Reading']);
    expect(progress()).toEqual([0.2]);
    await workbench.jobs.refresh();
    expect(messages()).toHaveLength(1);
    expect(progress()).toEqual([0.7]);
    await workbench.jobs.refresh();
    expect(notices()).toEqual([['success', 'iris: done.']]);
  });
});
