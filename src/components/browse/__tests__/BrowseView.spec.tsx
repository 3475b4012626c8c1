import { nullTranslator } from '@jupyterlab/translation';
import { act, fireEvent, render, screen } from '@testing-library/react';
import React from 'react';

import { summaryAnswer } from '../../../api/__tests__/answers';
import { CatalogError } from '../../../errors';
import { catalogIcon } from '../../../icons';
import { layOut } from '../../common/__tests__/layout';
import { BrowseView, type IBrowseViewProps } from '../BrowseView';

const trans = nullTranslator.load('test');

layOut();

function show(part: Partial<IBrowseViewProps> = {}) {
  const props: IBrowseViewProps = {
    records: [
      summaryAnswer(),
      summaryAnswer({ name: 'sky', pretty_name: 'Sky survey', tags: ['fits'] })
    ],
    location: { root: '/catalog', writable: true },
    listedAt: Date.now(),
    error: null,
    columns: ['name', 'size', 'formats'],
    formats: new Set(['csv', 'fits']),
    filter: '',
    icon: catalogIcon,
    onFilter: jest.fn(),
    onCreate: jest.fn(),
    onOpen: jest.fn(),
    onMenu: jest.fn(),
    onRetry: jest.fn(),
    trans,
    ...part
  };
  render(<BrowseView {...props} />);
  return props;
}

describe('BrowseView', () => {
  it('shows title, name, size and formats, and opens what is chosen', () => {
    const { onOpen } = show();
    const row = screen.getByRole('button', { name: /^Iris/ });
    expect(row.textContent).toBe('Irisirisn<1Kcsv');
    fireEvent.click(row);
    expect(onOpen).toHaveBeenCalledWith('iris');
  });

  it('is walked by the arrow keys, with one row in the tab order', () => {
    show();
    const rows = () =>
      screen.getAllByRole('button').filter(it => it.matches('.hnl-Row-open'));
    expect(rows().map(({ tabIndex }) => tabIndex)).toEqual([0, -1]);
    act(() => rows()[0]?.focus());
    fireEvent.keyDown(document.activeElement as Element, { key: 'ArrowDown' });
    expect(document.activeElement).toBe(rows()[1]);
    expect(rows().map(({ tabIndex }) => tabIndex)).toEqual([-1, 0]);
    fireEvent.keyDown(document.activeElement as Element, { key: 'Home' });
    expect(document.activeElement).toBe(rows()[0]);
  });

  it('filters by every word', () => {
    show({ filter: 'survey FITS' });
    expect(screen.queryByText('Iris')).toBeNull();
    expect(screen.getByText('Sky survey')).toBeTruthy();
  });

  it('says what to do where there is nothing', () => {
    show({ records: [] });
    expect(screen.getByText('Nothing here yet')).toBeTruthy();
    expect(screen.getByText(/Right-click a folder/)).toBeTruthy();
  });

  it('keeps the list, with its age, when the server is gone', () => {
    const { onRetry } = show({
      error: new CatalogError('no_connection', 'Gone.')
    });
    expect(screen.getByText('Iris')).toBeTruthy();
    expect(screen.getByText(/as it was just now/)).toBeTruthy();
    fireEvent.click(screen.getByText('Try again'));
    expect(onRetry).toHaveBeenCalled();
  });

  it('says that it reads', () => {
    show({ records: null });
    expect(screen.getByRole('status').textContent).toContain('Reading');
  });

  it('marks what is damaged, unfinished or in review', () => {
    show({
      records: [
        summaryAnswer({
          broken: 'No JSON.',
          unfinished: true,
          pull_request_url: 'https://hub.example/1'
        })
      ]
    });
    for (const badge of ['Damaged', 'Unfinished', 'In review']) {
      expect(screen.getByText(badge)).toBeTruthy();
    }
  });
});
