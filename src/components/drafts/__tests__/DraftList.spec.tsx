import { nullTranslator } from '@jupyterlab/translation';
import { fireEvent, render, screen } from '@testing-library/react';
import React from 'react';

import type { IDraftSummary } from '../../../types/api';
import { CatalogError } from '../../../types/errors';
import { DraftList, type IDraftListProps } from '../DraftList';

const trans = nullTranslator.load('test');

const wine: IDraftSummary = {
  id: 'd1',
  etag: '1',
  updated_at: new Date().toISOString(),
  title: 'Wine'
};

function show(part: Partial<IDraftListProps> = {}): IDraftListProps {
  const props: IDraftListProps = {
    drafts: [wine, { ...wine, id: 'd2', title: '', editing: 'iris' }],
    error: null,
    onOpen: jest.fn(),
    onExport: jest.fn(),
    onDelete: jest.fn(),
    onRetry: jest.fn(),
    trans,
    ...part
  };
  render(<DraftList {...props} />);
  return props;
}

describe('DraftList', () => {
  it('says what each draft is, and opens, exports and deletes it', () => {
    const { onOpen, onExport, onDelete } = show();
    expect(screen.getByRole('heading', { name: 'Drafts' })).not.toBeNull();
    expect(screen.getAllByRole('listitem').map(it => it.textContent)).toEqual([
      'Winenew dataset · just now',
      'Untitledchanges to iris · just now'
    ]);
    fireEvent.click(screen.getByText('Wine'));
    fireEvent.click(
      screen.getByRole('button', { name: 'Export Wine as JSON' })
    );
    fireEvent.click(screen.getByRole('button', { name: 'Delete Wine' }));
    expect(onOpen).toHaveBeenCalledWith('d1');
    expect(onExport).toHaveBeenCalledWith(wine);
    expect(onDelete).toHaveBeenCalledWith(wine);
  });

  it('says that there are none, or that they are loading', () => {
    show({ drafts: [] });
    expect(screen.getByText(/^No drafts/)).not.toBeNull();
    show({ drafts: null });
    expect(screen.getByText('Loading…')).not.toBeNull();
  });

  it('offers to try again if they could not be loaded', () => {
    const error = new CatalogError('storage', 'The disk is full.');
    const { onRetry } = show({ drafts: null, error });
    expect(screen.getByRole('alert').textContent).toContain(
      'The disk is full.'
    );
    fireEvent.click(screen.getByText('Try again'));
    expect(onRetry).toHaveBeenCalled();
  });
});
