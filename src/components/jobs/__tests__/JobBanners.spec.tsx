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
});
