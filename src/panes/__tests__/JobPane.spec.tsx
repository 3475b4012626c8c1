import { act, fireEvent, render, screen } from '@testing-library/react';
import React from 'react';

import { draftAnswer, jobAnswer } from '../../api/__tests__/answers';
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
  it('goes on with the job that resumes it', async () => {
    const startJob = jest.fn(async () =>
      jobAnswer({ id: 'j2', state: 'succeeded' })
    );
    const { onJob } = await show({ kept: true }, { startJob });
    await press('Resume');
    expect(startJob).toHaveBeenCalledWith({ kind: 'resume', name: 'iris' });
    expect(onJob).toHaveBeenCalledWith('j2');
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
