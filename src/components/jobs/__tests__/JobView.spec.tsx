import { nullTranslator } from '@jupyterlab/translation';
import { fireEvent, render, screen } from '@testing-library/react';
import React from 'react';

import { jobAnswer } from '../../../api/__tests__/answers';
import type { IJobStep } from '../../../types/api';
import { JobView } from '../JobView';
import { noActions } from './actions';

const trans = nullTranslator.load('test');

function step(
  name: string,
  phase: IJobStep['phase'],
  detail: string
): IJobStep {
  return { name, phase, detail, at: '2026-01-01T00:00:00Z' };
}

const common = {
  connected: true,
  error: null,
  onCancel: jest.fn(),
  actions: noActions(),
  trans
};

describe('JobView', () => {
  it('shows each step once, as it stands', () => {
    const job = jobAnswer({
      steps: [
        step('stage', 'begin', 'Preparing'),
        step('stage', 'done', '4 files prepared'),
        step('commit', 'begin', 'Sending'),
        step('commit', 'answered', '0abc')
      ]
    });
    render(<JobView {...common} job={job} />);
    expect(screen.getAllByRole('listitem').map(it => it.textContent)).toEqual([
      '4 files prepared',
      'Sending'
    ]);
    fireEvent.click(screen.getByText('Cancel'));
    expect(common.onCancel).toHaveBeenCalled();
  });

  it('does not say what a step says a second time as progress', () => {
    const steps = [step('commit', 'begin', 'Sending')];
    const shown = (text: string): JSX.Element => (
      <JobView
        {...common}
        job={jobAnswer({ steps, progress: { fraction: 0.5, text } })}
      />
    );
    const { rerender } = render(shown('Sending'));
    expect(screen.getByText('50 %')).toBeTruthy();
    rerender(shown('Reading'));
    expect(screen.getByText('Reading, 50 %')).toBeTruthy();
  });

  it('offers after a failure what fits', () => {
    const job = jobAnswer({
      state: 'failed',
      kept: true,
      error: { code: 'upstream', detail: 'The Hub is down.', errors: [] }
    });
    render(<JobView {...common} job={job} />);
    expect(screen.getByRole('alert').textContent).toContain('The Hub is down.');
    // The server's sentence tells what is kept.
    expect(screen.queryByText(/What was done so far is kept/)).toBeNull();
    fireEvent.click(screen.getByText('Resume'));
    expect(common.actions.settle).toHaveBeenCalledWith('resume', 'iris');
    expect(screen.queryByText('Cancel')).toBeNull();
    expect(screen.queryByText('Publish as pull request')).toBeNull();
  });

  it('says what is kept of a job that was stopped', () => {
    render(
      <JobView
        {...common}
        job={jobAnswer({ state: 'cancelled', kept: true })}
      />
    );
    expect(screen.getByText(/What was done so far is kept/)).toBeTruthy();
  });

  it('says how far it is, as long as it goes on', () => {
    const progress = { fraction: 0.5, text: 'Sending' };
    const view = render(<JobView {...common} job={jobAnswer({ progress })} />);
    expect(screen.getByRole('progressbar').getAttribute('value')).toBe('0.5');
    expect(screen.getByText('Sending, 50 %')).toBeTruthy();
    view.rerender(
      <JobView {...common} job={jobAnswer({ state: 'failed', progress })} />
    );
    expect(screen.queryByRole('progressbar')).toBeNull();
  });

  it.each([
    [{ state: 'queued' }, 'Starting…'],
    [{ state: 'held' }, 'It is on hold and starts when it is released.'],
    [
      { state: 'held', reason: 'It is held (JobHeldUser).' },
      'It is held (JobHeldUser).'
    ],
    [
      { state: 'queued', reason: 'It waits for free nodes (Resources).' },
      'It waits for free nodes (Resources).'
    ],
    [{ state: 'running' }, 'Working…']
  ] as const)('says of %j that it waits', (part, words) => {
    render(<JobView {...common} job={jobAnswer(part)} />);
    expect(screen.getByRole('listitem').textContent).toBe(words);
    expect(screen.getByText('Cancel')).toBeTruthy();
  });

  it.each(['running', 'failed'] as const)(
    'offers the dashboard of Slurm for a job that is %s',
    state => {
      const onShowInSlurm = jest.fn();
      const job = jobAnswer({ state, scheduler_id: '4711' });
      const { rerender } = render(<JobView {...common} job={job} />);
      expect(screen.queryByText('Show in Slurm dashboard')).toBeNull();
      rerender(<JobView {...common} job={job} onShowInSlurm={onShowInSlurm} />);
      expect(screen.getByText('Slurm job 4711')).toBeTruthy();
      fireEvent.click(screen.getByText('Show in Slurm dashboard'));
      expect(onShowInSlurm).toHaveBeenCalledTimes(1);
    }
  );
});
