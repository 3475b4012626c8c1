import { act, fireEvent, render, screen } from '@testing-library/react';
import React from 'react';

import type { IFacetCounts } from '../../../types/api';
import { Filters, type IFiltersProps } from '../Filters';
import { button, trans } from './browseSetup';

const facetOf = (
  facet: IFacetCounts['facet'],
  values = [{ value: 'a', count: 2 }]
): IFacetCounts => ({ facet, values });

function show(part: Partial<IFiltersProps>): IFiltersProps {
  const props: IFiltersProps = {
    id: 'filters',
    facets: [],
    chosen: {},
    labelOf: (_facet, value) => value.toUpperCase(),
    onToggle: jest.fn(),
    onSearchFacet: jest.fn(async () => []),
    onClear: jest.fn(),
    onCopyLink: jest.fn(),
    trans,
    ...part
  };
  render(<Filters {...props} />);
  return props;
}

const isOpen = (name: string) =>
  screen.getByRole('button', { name }).getAttribute('aria-expanded');

describe('Filters', () => {
  it('show each facet that has values or a selection', () => {
    show({
      facets: [facetOf('task'), facetOf('domain', []), facetOf('format', [])],
      chosen: { format: ['x'] }
    });
    const headings = screen.getAllByRole('heading').map(it => it.textContent);
    expect(headings).toEqual(['Task', 'Formatselected: 1']);
  });

  it('are open at first if they are among the first or have a selection', () => {
    show({
      facets: [
        facetOf('task'),
        facetOf('domain'),
        facetOf('format'),
        facetOf('modality'),
        facetOf('license')
      ],
      chosen: { license: ['a'] }
    });
    expect(isOpen('Format')).toBe('true');
    expect(isOpen('Kind of data')).toBe('false');
    expect(isOpen('Licence selected: 1')).toBe('true');
    fireEvent.click(button(/^Kind of data/));
    expect(isOpen('Kind of data')).toBe('true');
  });

  it('are cleared together, once there are any', () => {
    const none = show({ facets: [facetOf('task')] });
    fireEvent.click(button(/^Clear all/));
    expect(none.onClear).not.toHaveBeenCalled();
  });

  it('label the values that are searched for', async () => {
    const values = Array.from({ length: 50 }, (_, index) => ({
      value: `v${index}`,
      count: 1
    }));
    jest.useFakeTimers();
    const { onSearchFacet } = show({
      facets: [facetOf('task', values)],
      onSearchFacet: jest.fn(async () => [{ value: 'rare', count: 1 }])
    });
    fireEvent.click(button(/^More/));
    fireEvent.change(screen.getByLabelText('Search in Task'), {
      target: { value: 'ra' }
    });
    await act(() => jest.advanceTimersByTimeAsync(1000));
    expect(onSearchFacet).toHaveBeenCalledWith('task', 'ra');
    expect(screen.getByRole('checkbox', { name: /RARE/ })).not.toBeNull();
    jest.useRealTimers();
  });
});
