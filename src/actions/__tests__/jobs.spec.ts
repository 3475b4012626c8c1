import { Notification } from '@jupyterlab/apputils';

import { jobAnswer, unfinishedAnswer } from '../../api/__tests__/answers';
import { workbenchOver } from '../../models/__tests__/workbenchOver';
import { CatalogError } from '../../types/errors';
import {
  SLURM_DETAILS,
  resumeOrUndo,
  resumeOrUndoAndShow,
  slurmDashboardOf,
  startAndShowJob
} from '../jobs';
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

describe('slurmDashboardOf', () => {
  const job = jobAnswer({ executor: 'slurm', scheduler_id: '4711' });

  it('shows a Slurm job where jupyterlab-slurm is installed', () => {
    const { workbench } = workbenchOver();
    const execute = jest.fn();
    expect(slurmDashboardOf(workbench, job)).toBeUndefined();
    workbench.services.commands.addCommand(SLURM_DETAILS, {
      execute,
      describedBy: { args: null }
    });
    expect(slurmDashboardOf(workbench, jobAnswer())).toBeUndefined();
    slurmDashboardOf(workbench, job)?.();
    expect(execute).toHaveBeenCalledWith({ jobIds: ['4711'], index: 0 });
  });

  it('says why it could not be shown', async () => {
    const { workbench } = workbenchOver();
    workbench.services.commands.addCommand(SLURM_DETAILS, {
      execute: () => Promise.reject(new Error('Not today.')),
      describedBy: { args: null }
    });
    slurmDashboardOf(workbench, job)?.();
    await new Promise(resolve => setTimeout(resolve));
    expect(notices()).toEqual(['Error: Not today.']);
  });
});
