import { nullTranslator } from '@jupyterlab/translation';
import { fireEvent, render, screen } from '@testing-library/react';
import React from 'react';

import {
  citationAnswer,
  datasetAnswer,
  entryAnswer,
  versionAnswer
} from '../../../api/__tests__/answers';
import type { IEntry } from '../../../types/api';
import { CatalogError } from '../../../types/errors';
import { DatasetView, type IDatasetViewProps } from '../DatasetView';
import { resourceOf } from './resource';

const trans = nullTranslator.load('test');

function show(
  entry: Partial<IEntry> = {},
  part: Partial<IDatasetViewProps> = {}
): IDatasetViewProps {
  const props: IDatasetViewProps = {
    entry: entryAnswer(entry),
    access: resourceOf(null),
    versions: resourceOf([]),
    citations: resourceOf([]),
    shares: resourceOf([]),
    sharing: {
      jobOf: () => undefined,
      onStart: jest.fn(),
      executors: [],
      onEdit: jest.fn(),
      onCancel: jest.fn(),
      onShowJob: jest.fn(),
      onKeys: jest.fn()
    },
    related: resourceOf([]),
    croissant: resourceOf(null),
    isOpen: () => true,
    onFold: jest.fn(),
    onCopyLink: jest.fn(),
    onCopy: jest.fn(),
    onSaveCitation: jest.fn(),
    onCroissant: jest.fn(),
    onOpen: jest.fn(),
    renderCode: text => <code>{text}</code>,
    onEdit: jest.fn(),
    onMenu: jest.fn(),
    onResume: jest.fn(),
    onUndo: jest.fn(),
    trans,
    ...part
  };
  render(<DatasetView {...props} />);
  return props;
}

describe('DatasetView', () => {
  it('has no part that the dataset does not have', () => {
    show({ notebook: null, loader: null });
    const names = screen.getAllByRole('button').map(it => it.textContent);
    expect(names).toContain('Edit');
    expect(names).not.toContain('Open loader notebook');
    expect(names).not.toContain('Insert loader');
    expect(screen.queryByText(/^Loader:/)).toBeNull();
  });

  it('shows the loader and the card', () => {
    show();
    expect(screen.getByText('print(1)')).not.toBeNull();
    expect(screen.getByText('A card.')).not.toBeNull();
  });

  it('says that there is no card instead of showing an empty one', () => {
    show({ card: ' \n' });
    expect(screen.getByText('This dataset has no card.')).not.toBeNull();
  });

  it('resumes or undoes a change that was not finished', () => {
    const { onResume, onUndo } = show({ unfinished: true });
    fireEvent.click(screen.getByText('Resume'));
    fireEvent.click(screen.getByText('Undo'));
    expect(onResume).toHaveBeenCalledTimes(1);
    expect(onUndo).toHaveBeenCalledTimes(1);
  });

  it('collapses and expands its sections', () => {
    const onFold = jest.fn();
    show({}, { isOpen: section => section !== 'card', onFold });
    fireEvent.click(screen.getByRole('button', { name: 'Facts' }));
    expect(onFold).toHaveBeenCalledWith('facts', false);
    const card = screen.getByRole('button', { name: 'Card' });
    expect(card.getAttribute('aria-expanded')).toBe('false');
    fireEvent.click(card);
    expect(onFold).toHaveBeenCalledWith('card', true);
  });

  it('shows an entry that has only a name', () => {
    show({
      record: { name: 'iris' },
      facts: [],
      files: [],
      access: null,
      repo_url: null
    });
    expect(screen.getByRole('heading', { name: 'iris' })).not.toBeNull();
    expect(screen.queryByText('Data')).toBeNull();
  });

  it('works where a section fails', () => {
    const error = new CatalogError('upstream', 'Away.');
    const { citations } = show(
      {},
      {
        versions: resourceOf<never>(null, error),
        citations: resourceOf([citationAnswer()])
      }
    );
    expect(screen.getByRole('alert').textContent).toContain('Away.');
    expect(citations.error).toBeNull();
    expect(screen.getByText('@misc{iris}')).not.toBeNull();
  });

  it('keeps an old value next to the error', () => {
    const error = new CatalogError('upstream', 'Away.');
    show({}, { versions: resourceOf([versionAnswer()], error) });
    expect(screen.getByText('Away.')).not.toBeNull();
    expect(screen.getByText('Add iris')).not.toBeNull();
  });

  it('leads to related datasets', () => {
    const { onOpen } = show(
      {},
      {
        related: resourceOf([datasetAnswer({ id: 'sky', pretty_name: 'Sky' })])
      }
    );
    fireEvent.click(screen.getByRole('button', { name: 'Sky' }));
    expect(onOpen).toHaveBeenCalledWith('sky');
  });
});
