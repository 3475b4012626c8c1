import { Notification } from '@jupyterlab/apputils';

import { jobAnswer } from '../../api/__tests__/answers';
import type { IJob } from '../../api/types';
import { workbenchOver } from './bench';

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
  await workbench.jobs.refresh();
  return { workbench, refreshed };
}

const told = () => Notification.manager.notifications.map(it => it.message);

afterEach(() => Notification.dismiss());

describe('followJobs', () => {
  it('says nothing of what had ended before the panel was opened', async () => {
    const { workbench, refreshed } = await over([OLD], [OLD]);
    await workbench.jobs.refresh();
    expect(told()).toEqual([]);
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
    expect(told()).toEqual(['iris: done.']);
    expect(refreshed).toHaveBeenCalledTimes(1);
    await workbench.jobs.refresh();
    expect(refreshed).toHaveBeenCalledTimes(1);
  });

  it('says nothing of an old one that only this look found', async () => {
    const older = jobAnswer({ state: 'failed', updated_at: '2026-01-04' });
    const { workbench } = await over([OLD], [OLD, older]);
    await workbench.jobs.refresh();
    expect(told()).toEqual([]);
  });
});
