import { nullTranslator } from '@jupyterlab/translation';
import { fireEvent, render, screen } from '@testing-library/react';
import React from 'react';

import { jobAnswer } from '../../../api/__tests__/answers';
import type { IJobStep } from '../../../types/api';
import { JobView } from '../JobView';

const trans = nullTranslator.load('test');

function step(
  name: string,
  phase: IJobStep['phase'],
  detail: string
): IJobStep {
  return { name, phase, detail, at: '2026-01-01T00:00:00Z' };
}

const common = { connected: true, error: null, onCancel: jest.fn(), trans };

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

  it('offers after a failure what fits', () => {
    const onResume = jest.fn();
    const job = jobAnswer({
      state: 'failed',
      kept: true,
      error: { code: 'upstream', detail: 'The Hub is down.', errors: [] }
    });
    render(<JobView {...common} job={job} onResume={onResume} />);
    expect(screen.getByRole('alert').textContent).toContain('The Hub is down.');
    // The server's sentence tells what is kept.
    expect(screen.queryByText(/What was done so far is kept/)).toBeNull();
    fireEvent.click(screen.getByText('Resume'));
    expect(onResume).toHaveBeenCalled();
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

  it('ends with links that do not tell where they were followed from', () => {
    const job = jobAnswer({
      state: 'succeeded',
      result: {
        name: 'iris',
        repo_url: 'https://hub.example/datasets/NERSC/iris',
        folder: '/catalog/iris',
        notebook: '/catalog/iris/iris_loader.ipynb'
      }
    });
    render(<JobView {...common} job={job} />);
    const link = screen.getByRole('link', { name: 'Page on the Hub' });
    expect(link.getAttribute('rel')).toContain('noopener');
  });
});
