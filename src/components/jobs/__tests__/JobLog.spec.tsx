import { nullTranslator } from '@jupyterlab/translation';
import { fireEvent, render, screen } from '@testing-library/react';
import React from 'react';

import type { IJobLog } from '../../../types/api';
import { JobLog } from '../JobLog';

const trans = nullTranslator.load('test');

function logOf(value: IJobLog | null) {
  return {
    value,
    error: null,
    isLoading: false,
    load: jest.fn(async () => undefined),
    loadOnce: jest.fn(async () => undefined)
  };
}

describe('JobLog', () => {
  it('is loaded when it is opened, and again when the job ends', () => {
    const log = logOf({ text: 'one\ntwo\n', is_cut: false });
    const view = render(<JobLog log={log} hasEnded={false} trans={trans} />);
    expect(log.load).not.toHaveBeenCalled();
    expect(screen.queryByText(/one/)).toBeNull();
    fireEvent.click(screen.getByText('Log'));
    expect(log.load).toHaveBeenCalledTimes(1);
    expect(screen.getByText(/one/).textContent).toBe('one\ntwo\n');
    fireEvent.click(screen.getByText('Refresh'));
    expect(log.load).toHaveBeenCalledTimes(2);
    view.rerender(<JobLog log={log} hasEnded trans={trans} />);
    expect(log.load).toHaveBeenCalledTimes(3);
    expect(screen.queryByText('Refresh')).toBeNull();
  });

  it('says that it is empty, or only the end', () => {
    const view = render(
      <JobLog
        log={logOf({ text: ' ', is_cut: false })}
        hasEnded
        trans={trans}
      />
    );
    fireEvent.click(screen.getByText('Log'));
    expect(screen.getByText('It has printed nothing.')).not.toBeNull();
    view.rerender(
      <JobLog log={logOf({ text: 'x', is_cut: true })} hasEnded trans={trans} />
    );
    expect(screen.getByText('Only the end is shown.')).not.toBeNull();
  });

  it('shows what it holds as text', () => {
    render(
      <JobLog
        log={logOf({ text: '<b>bold</b>', is_cut: false })}
        hasEnded
        trans={trans}
      />
    );
    fireEvent.click(screen.getByText('Log'));
    expect(screen.getByText('<b>bold</b>')).not.toBeNull();
  });
});
