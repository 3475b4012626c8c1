import { nullTranslator } from '@jupyterlab/translation';
import { fireEvent, render, screen } from '@testing-library/react';
import React from 'react';

import type { IAsyncResource } from '../../../types/asyncResource';
import { CatalogError } from '../../../types/errors';
import { ResourceView } from '../ResourceView';

const trans = nullTranslator.load('test');

function show(part: Partial<IAsyncResource<string>>) {
  const resource = {
    value: null,
    error: null,
    isLoading: false,
    load: jest.fn(async () => undefined),
    ...part
  };
  render(
    <ResourceView resource={resource} waiting="Loading…" trans={trans}>
      {value => <b>{value}</b>}
    </ResourceView>
  );
  return resource;
}

const error = new CatalogError('upstream', 'Away.');

describe('ResourceView', () => {
  it('waits for the first value', () => {
    show({ isLoading: true });
    expect(screen.getByRole('status').textContent).toBe('Loading…');
  });

  it('shows the value, also while a newer one is loading', () => {
    show({ value: 'iris', isLoading: true });
    expect(screen.getByText('iris')).not.toBeNull();
    expect(screen.queryByRole('status')).toBeNull();
  });

  it('says why there is no value, and loads it again', () => {
    const { load } = show({ error });
    expect(screen.getByRole('alert').textContent).toContain('Away.');
    fireEvent.click(screen.getByText('Try again'));
    expect(load).toHaveBeenCalledTimes(1);
  });

  it('keeps the value after an error', () => {
    show({ value: 'iris', error });
    expect(screen.getByText('iris')).not.toBeNull();
    expect(screen.getByText('Away.')).not.toBeNull();
    expect(screen.queryByRole('alert')).toBeNull();
  });
});
