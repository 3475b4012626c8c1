import { Clipboard } from '@jupyterlab/apputils';
import { act, fireEvent, render, screen } from '@testing-library/react';
import React from 'react';

import { pressInDialog } from '../../actions/__tests__/dialog';
import {
  draftAnswer,
  entryAnswer,
  jobAnswer,
  unfinishedAnswer
} from '../../api/__tests__/answers';
import { workbenchOver } from '../../models/__tests__/workbenchOver';
import type { IJob } from '../../types/api';
import { JobPane } from '../JobPane';

async function show(
  job: Partial<IJob>,
  answers: Parameters<typeof workbenchOver>[0] = {}
) {
  const { workbench } = workbenchOver({
    listJobs: async () => ({ jobs: [jobAnswer({ state: 'failed', ...job })] }),
    ...answers
  });
  await workbench.jobs.refresh();
  const onJob = jest.fn();
  const onDraft = jest.fn();
  render(
    <JobPane workbench={workbench} jobId="j1" onJob={onJob} onDraft={onDraft} />
  );
  return { workbench, onJob, onDraft };
}

const press = (name: string | RegExp) =>
  act(async () => fireEvent.click(screen.getByRole('button', { name })));

describe('JobPane', () => {
  it('offers the dashboard of Slurm where there is one', async () => {
    const { workbench } = await show({ scheduler_id: '4711' });
    expect(screen.queryByText('Show in Slurm dashboard')).toBeNull();
    const execute = jest.fn();
    workbench.services.commands.addCommand(
      'jupyterlab-slurm:show-job-details',
      { execute, describedBy: { args: null } }
    );
    await act(async () => workbench.jobs.refresh());
    await press('Show in Slurm dashboard');
    expect(execute).toHaveBeenCalledWith({ jobIds: ['4711'], index: 0 });
  });

  it('goes on with the job that resumes it', async () => {
    const startJob = jest.fn(async () =>
      jobAnswer({ id: 'j2', state: 'succeeded' })
    );
    const { onJob } = await show({ kept: true }, { startJob });
    await press('Resume');
    expect(startJob).toHaveBeenCalledWith({ kind: 'resume', name: 'iris' });
    expect(onJob).toHaveBeenCalledWith('j2');
  });

  it("copies the site's link to what was published", async () => {
    const copy = jest.spyOn(Clipboard, 'copyToSystem').mockImplementation();
    await show(
      { state: 'succeeded', result: { name: 'iris', folder: '/catalog/iris' } },
      { getEntry: async () => entryAnswer({ lab_link: 'https://site/iris' }) }
    );
    await press(/^Copy link/);
    expect(copy).toHaveBeenCalledWith('https://site/iris');
    copy.mockRestore();
  });

  it('takes the errors along, back to the form', async () => {
    const errors = [{ pointer: '/name', code: 'taken', detail: 'Taken.' }];
    const { onDraft, workbench } = await show(
      {
        draft_id: 'd1',
        error: { code: 'invalid_record', detail: 'No.', errors }
      },
      { getDraft: async id => draftAnswer({}, { id }) }
    );
    await press(/form/);
    expect(onDraft).toHaveBeenCalledWith('d1');
    expect(workbench.drafts.find('d1')?.findings.errors).toEqual(errors);
  });

  it('offers a pull request where the repository is not ours', async () => {
    const startJob = jest.fn(async () =>
      jobAnswer({ id: 'j2', state: 'succeeded' })
    );
    await show(
      {
        draft_id: 'd1',
        error: { code: 'forbidden', detail: 'No.', errors: [] }
      },
      { startJob }
    );
    await press('Publish as pull request');
    expect(startJob).toHaveBeenCalledWith({
      kind: 'publish',
      draft_id: 'd1',
      create_pr: true
    });
  });

  it('goes on with another repository only after a yes', async () => {
    const startJob = jest.fn(async () =>
      jobAnswer({ id: 'j2', state: 'succeeded' })
    );
    const { onJob } = await show(
      {
        kind: 'update',
        draft_id: 'd1',
        error: {
          code: 'conflict',
          detail: 'Is it meant?',
          errors: [
            { pointer: '/repo_id', code: 'unconfirmed', detail: 'NERSC/moon' }
          ]
        }
      },
      { startJob }
    );
    await press(/NERSC\/moon/);
    await pressInDialog('Cancel');
    expect(startJob).not.toHaveBeenCalled();
    await press(/NERSC\/moon/);
    await pressInDialog('Change');
    expect(startJob).toHaveBeenCalledWith({
      kind: 'update',
      draft_id: 'd1',
      confirmed: 'NERSC/moon'
    });
    expect(onJob).toHaveBeenCalledWith('j2');
  });

  it('asks before it takes over the publication of somebody else', async () => {
    const startJob = jest.fn(async () =>
      jobAnswer({ id: 'j2', state: 'succeeded' })
    );
    await show(
      { kept: true },
      {
        startJob,
        getUnfinished: async () =>
          unfinishedAnswer({ is_own: false, account: 'bob', etag: 'of-bob' })
      }
    );
    await press('Resume');
    expect(startJob).not.toHaveBeenCalled();
    await pressInDialog('Finish');
    expect(startJob).toHaveBeenCalledWith({
      kind: 'resume',
      name: 'iris',
      take_over: 'of-bob'
    });
  });

  it('says that a job is no longer there', () => {
    const { workbench } = workbenchOver();
    const { container } = render(
      <JobPane
        workbench={workbench}
        jobId="gone"
        onJob={jest.fn()}
        onDraft={jest.fn()}
      />
    );
    expect(container.textContent).not.toBe('');
  });
});
