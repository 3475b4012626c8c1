import { nullTranslator } from '@jupyterlab/translation';
import { fireEvent, render, screen } from '@testing-library/react';
import React from 'react';

import type { IAccess } from '../../../types/api';
import { CatalogError } from '../../../types/errors';
import { AccessBanner } from '../AccessBanner';
import { resourceOf } from './resource';

const trans = nullTranslator.load('test');

function show(
  access: IAccess | null,
  check = resourceOf<IAccess | null>(null)
) {
  const onCopy = jest.fn();
  const { container } = render(
    <AccessBanner
      access={access}
      check={check}
      dataset={{ title: 'Iris', path: '/data/iris' }}
      onCopy={onCopy}
      trans={trans}
    />
  );
  return { check, container, onCopy };
}

describe('AccessBanner', () => {
  it('has a request to copy if there is a group to ask', () => {
    const { onCopy } = show({
      status: 'unreadable',
      blocked_at: '/data',
      group: 'm1'
    });
    fireEvent.click(screen.getByRole('button', { name: 'Copy request' }));
    expect(onCopy).toHaveBeenCalledWith(
      'Hello, could you add me to the group m1? I would like to read the dataset "Iris" (/data/iris).'
    );
  });

  it('checks again, and shows an error of that', () => {
    const check = resourceOf<IAccess | null>(
      null,
      new CatalogError('no_connection', 'Away.')
    );
    show({ status: 'unknown' }, check);
    expect(
      screen.getByText(/The file system is not responding/)
    ).not.toBeNull();
    fireEvent.click(screen.getByText('Check again'));
    expect(check.load).toHaveBeenCalledTimes(1);
    expect(screen.getByRole('alert').textContent).toBe('Away.');
  });

  it('does not check twice at a time', () => {
    const check = { ...resourceOf<IAccess | null>(null), isLoading: true };
    show({ status: 'unknown' }, check);
    fireEvent.click(screen.getByText('Checking…'));
    expect(check.load).not.toHaveBeenCalled();
  });

  it('prefers the result of the new check', () => {
    show({ status: 'missing' }, resourceOf({ status: 'readable' }));
    expect(screen.getByText('You can open it.')).not.toBeNull();
    expect(screen.queryByText('Check again')).toBeNull();
  });

  it("shows the centre's advice, and no request without a group", () => {
    const advice = 'Write to data@physics.example to be added to m1.';
    show({ status: 'unreadable', blocked_at: '/data', advice });
    expect(screen.getByText(advice)).toBeTruthy();
    expect(screen.queryByText(/could you add me/)).toBeNull();
  });

  it('shows nothing for data without a path', () => {
    expect(show(null).container.textContent).toBe('');
  });
});
