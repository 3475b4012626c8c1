import { act, fireEvent, render, screen } from '@testing-library/react';
import React from 'react';

import { ResultLine, type IResultLineProps } from '../ResultLine';
import { button, trans } from './browseSetup';

function show(part: Partial<IResultLineProps>): IResultLineProps {
  const props: IResultLineProps = {
    q: '',
    total: 0,
    isForgiving: false,
    isCut: false,
    hasFilters: false,
    onClearFilters: jest.fn(),
    onClearWords: jest.fn(),
    trans,
    ...part
  };
  render(<ResultLine {...props} />);
  return props;
}

describe('ResultLine', () => {
  it.each<[Partial<IResultLineProps>, string]>([
    [{ total: 1 }, '1 dataset'],
    [{ total: 12_345 }, `${(12_345).toLocaleString()} datasets`],
    [{ hasFilters: true }, 'No dataset matches these filters.'],
    [{ q: 'halo' }, 'No dataset matches “halo”.'],
    [
      { q: 'halo', hasFilters: true },
      'No dataset matches “halo” and the filters.'
    ],
    [
      { q: 'galxy', isForgiving: true, total: 1 },
      'No exact match for “galxy”. Showing 1 dataset with a similar spelling.'
    ],
    [
      { q: 'galxy', isForgiving: true, total: 2 },
      'No exact match for “galxy”. Showing 2 datasets with a similar spelling.'
    ]
  ])('says for %j: %s', (part, sentence) => {
    show(part);
    expect(screen.getByText(sentence)).not.toBeNull();
  });

  it('offers to search for more if nothing matches', () => {
    const { onClearFilters, onClearWords } = show({
      q: 'halo',
      hasFilters: true
    });
    fireEvent.click(button(/^Clear all filters/));
    fireEvent.click(button(/^Clear the search words/));
    expect(onClearFilters).toHaveBeenCalledTimes(1);
    expect(onClearWords).toHaveBeenCalledTimes(1);
  });

  it('says that a search is too long', () => {
    show({ q: 'halo', total: 3, isCut: true });
    expect(screen.getByText(/only its beginning is used/)).not.toBeNull();
    expect(screen.queryByRole('button')).toBeNull();
  });

  it('announces the number once the typing pauses', () => {
    jest.useFakeTimers();
    show({ total: 2 });
    expect(screen.getByRole('status').textContent).toBe('');
    act(() => jest.advanceTimersByTime(1000));
    expect(screen.getByRole('status').textContent).toBe('2 datasets');
    jest.useRealTimers();
  });
});
