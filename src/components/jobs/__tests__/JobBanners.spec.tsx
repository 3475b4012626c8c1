import { nullTranslator } from '@jupyterlab/translation';
import { fireEvent, render, screen } from '@testing-library/react';
import React from 'react';

import { jobAnswer } from '../../../api/__tests__/answers';
import { JobBanners } from '../JobBanners';

const trans = nullTranslator.load('test');

describe('JobBanners', () => {
  it('tells of jobs at work, and of those that somebody has to look at', () => {
    const onOpen = jest.fn();
    const onForget = jest.fn();
    render(
      <JobBanners
        jobs={[
          jobAnswer(),
          jobAnswer({ id: 'j2', kind: 'update', name: 'sky', state: 'failed' })
        ]}
        onOpen={onOpen}
        onForget={onForget}
        trans={trans}
      />
    );
    const status = screen.getByRole('status');
    expect(status.textContent).toContain('Publishing iris…');
    expect(status.textContent).toContain('Updating sky did not finish.');
    fireEvent.click(
      screen.getByRole('button', { name: 'Show: Publishing iris' })
    );
    expect(onOpen).toHaveBeenCalledWith('j1');
    // What is at work is cancelled on its own page, not dismissed.
    const dismiss = screen.getAllByRole('button', { name: /^Dismiss/ });
    expect(dismiss).toHaveLength(1);
    fireEvent.click(dismiss[0] as HTMLElement);
    expect(onForget).toHaveBeenCalledWith('j2');
  });

  it('says how far those at work are, and which are held', () => {
    const common = { onOpen: jest.fn(), onForget: jest.fn(), trans };
    const progress = { fraction: 0.25, text: 'Sending' };
    render(
      <JobBanners
        {...common}
        jobs={[
          jobAnswer({ progress }),
          jobAnswer({ id: 'j2', state: 'held' }),
          jobAnswer({ id: 'j3', state: 'failed', progress })
        ]}
      />
    );
    const bars = screen.getAllByRole('progressbar');
    expect(bars.map(bar => bar.getAttribute('value'))).toEqual(['0.25']);
    expect(screen.getByRole('status').textContent).toContain('… (held)');
  });
});
