import { Notification } from '@jupyterlab/apputils';

import { jobAnswer, unfinishedAnswer } from '../../api/__tests__/answers';
import { workbenchOver } from '../../models/__tests__/workbenchOver';
import { CatalogError } from '../../types/errors';
import { resumeOrUndo, resumeOrUndoAndShow, startAndShowJob } from '../jobs';
import { pressInDialog } from './dialog';

const notices = () => Notification.manager.notifications.map(it => it.message);

afterEach(() => Notification.dismiss());

describe('startAndShowJob', () => {
  it('shows the job', async () => {
    const { workbench } = workbenchOver({
      startJob: async () => jobAnswer({ id: 'j2', state: 'succeeded' })
    });
    await startAndShowJob(workbench, { kind: 'retire', name: 'iris' });
    expect(workbench.navigation.view).toEqual({ kind: 'job', id: 'j2' });
  });

  it('stays where it is if the job is refused, and says why', async () => {
    const { workbench } = workbenchOver({
      startJob: () => Promise.reject(new CatalogError('conflict', 'Not now.'))
    });
    await startAndShowJob(workbench, { kind: 'retire', name: 'iris' });
    expect(workbench.navigation.view.kind).toBe('browse');
    expect(notices()).toEqual(['Not now.']);
  });
});

describe('resumeOrUndo', () => {
  it('starts at once what is harmless', async () => {
    const startJob = jest.fn(async () => jobAnswer({ state: 'succeeded' }));
    const { workbench } = workbenchOver({
      startJob,
      getUnfinished: async () => unfinishedAnswer()
    });
    await resumeOrUndoAndShow(workbench, 'resume', 'tides');
    expect(startJob).toHaveBeenCalledWith({ kind: 'resume', name: 'tides' });
    expect(workbench.navigation.view).toEqual({ kind: 'job', id: 'j1' });
  });

  it("starts nothing of somebody else's without a yes", async () => {
    const startJob = jest.fn();
    const { workbench } = workbenchOver({
      startJob,
      getUnfinished: async () =>
        unfinishedAnswer({ is_own: false, account: 'bob' })
    });
    const answer = resumeOrUndo(workbench, 'resume', 'tides');
    expect(await pressInDialog('Cancel')).toContain('bob');
    expect(await answer).toBeNull();
    expect(startJob).not.toHaveBeenCalled();
  });
});
