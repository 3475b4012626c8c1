import { nullTranslator } from '@jupyterlab/translation';
import { fireEvent, render, screen } from '@testing-library/react';
import React from 'react';

import { ErrorSummary } from '../ErrorSummary';

const trans = nullTranslator.load('test');

describe('ErrorSummary', () => {
  it.each([
    [null, 'Fields with * are required.'],
    [0, 'No errors.'],
    [1, '1 error'],
    [7, '7 errors']
  ])('says for %j errors: %s', (count, text) => {
    render(<ErrorSummary count={count} onNext={jest.fn()} trans={trans} />);
    expect(screen.getByRole('status').textContent).toBe(text);
    expect(screen.queryAllByRole('button')).toHaveLength(count ? 1 : 0);
  });

  it('goes to the next error', () => {
    const onNext = jest.fn();
    render(<ErrorSummary count={2} onNext={onNext} trans={trans} />);
    fireEvent.click(screen.getByText('Next error'));
    expect(onNext).toHaveBeenCalledTimes(1);
  });
});
