import { nullTranslator } from '@jupyterlab/translation';
import { render, screen } from '@testing-library/react';
import React from 'react';

import { jobAnswer } from '../../../api/__tests__/answers';
import { JobProgress, progressWords } from '../JobProgress';

const trans = nullTranslator.load('test');

describe('JobProgress', () => {
  it('is a bar that is called like the job', () => {
    render(
      <JobProgress
        job={jobAnswer()}
        progress={{ fraction: 0.456, text: 'Reading' }}
        trans={trans}
      />
    );
    const bar = screen.getByRole('progressbar', { name: 'Publishing iris' });
    expect(bar.getAttribute('value')).toBe('0.456');
    expect(screen.getByText('Reading, 45 %')).toBeTruthy();
  });

  it('has no value where that is not known, and its words may be for the eyes only', () => {
    render(
      <JobProgress
        job={jobAnswer()}
        progress={{ text: 'Reading' }}
        isQuiet
        trans={trans}
      />
    );
    expect(screen.getByRole('progressbar').hasAttribute('value')).toBe(false);
    const words = screen.getByText('Reading');
    expect(words.getAttribute('aria-hidden')).toBe('true');
  });

  it.each([
    [{ text: '' }, ''],
    [{ text: '', fraction: 0.999 }, '99 %'],
    [{ text: 'Reading', bytes: 999 }, 'Reading, 999 B'],
    [
      { text: '', bytes: 1500, total_bytes: 4e9, fraction: 0 },
      '0 %, 1.5 kB of 4.0 GB'
    ],
    [
      { text: '', bytes: 1e9, total_bytes: 4e9, bytes_per_second: 1e8 },
      '1.0 GB of 4.0 GB, 100.0 MB/s, 30 s left'
    ],
    [
      { text: '', bytes: 0, total_bytes: 4e15, bytes_per_second: 1e12 },
      '0 B of 4.0 PB, 1.0 TB/s, 1 h 7 min left'
    ],
    [
      { text: '', bytes: 1, total_bytes: 601, bytes_per_second: 1 },
      '1 B of 601 B, 1 B/s, 10 min left'
    ],
    [
      { text: '', bytes: 600, total_bytes: 601, bytes_per_second: 9 },
      '600 B of 601 B, 9 B/s, 1 s left'
    ],
    [
      { text: '', bytes: 601, total_bytes: 601, bytes_per_second: 9 },
      '601 B of 601 B, 9 B/s'
    ]
  ])('says %j', (progress, words) => {
    expect(progressWords(progress, trans)).toBe(words);
  });
});
