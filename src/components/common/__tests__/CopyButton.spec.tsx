import { nullTranslator } from '@jupyterlab/translation';
import { act, fireEvent, render, screen } from '@testing-library/react';
import React from 'react';

import { CopyButton } from '../CopyButton';

const trans = nullTranslator.load('test');

beforeEach(() => jest.useFakeTimers());
afterEach(() => jest.useRealTimers());

describe('CopyButton', () => {
  it('copies, and says so for a moment', () => {
    const onCopy = jest.fn();
    render(
      <CopyButton onCopy={onCopy} label="Copy the link" trans={trans}>
        Copy link
      </CopyButton>
    );
    const status = screen.getByRole('status');
    expect(status.textContent).toBe('');
    fireEvent.click(screen.getByRole('button', { name: 'Copy the link' }));
    expect(onCopy).toHaveBeenCalledTimes(1);
    expect(status.textContent).toBe('Copied');
    act(() => void jest.advanceTimersByTime(2000));
    expect(status.textContent).toBe('');
  });
});
