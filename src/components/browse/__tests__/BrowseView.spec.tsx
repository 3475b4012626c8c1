import { fireEvent, screen } from '@testing-library/react';

import { CatalogError } from '../../../types/errors';
import { layOut } from '../../__tests__/layout';
import { button, DATASETS, EVERYTHING, show } from './browseSetup';

layOut();

describe('BrowseView', () => {
  it('searches as the user types, and starts a new dataset', () => {
    const { onCreate, onSearch } = show();
    fireEvent.change(screen.getByRole('searchbox'), {
      target: { value: 'halo' }
    });
    expect(onSearch).toHaveBeenCalledWith({ q: 'halo' });
    fireEvent.click(button(/^Catalog a dataset/));
    expect(onCreate).toHaveBeenCalled();
  });

  it('moves from the search field to the list with the arrow key', () => {
    show();
    fireEvent.keyDown(screen.getByRole('searchbox'), { key: 'ArrowDown' });
    expect(document.activeElement).toBe(button(/^Iris/));
  });

  it('is loading until there is an answer', () => {
    show({ answer: null });
    expect(screen.getByText('Loading the catalog…')).not.toBeNull();
  });

  it('keeps the list, and says how old it is, when the server is gone', () => {
    const { onRetry } = show({
      error: new CatalogError('no_connection', 'Gone.')
    });
    expect(screen.getByText('Iris')).not.toBeNull();
    expect(screen.getByText(/as it was just now/)).not.toBeNull();
    fireEvent.click(screen.getByText('Try again'));
    expect(onRetry).toHaveBeenCalled();
  });

  it('shows the filters on request, with how many are selected', () => {
    const { onCopyLink, onToggle } = show(
      { search: { ...EVERYTHING, facets: { format: ['b'], task: ['t'] } } },
      DATASETS,
      {
        facets: [
          {
            facet: 'format',
            values: [
              { value: 'a', count: 5 },
              { value: 'b', count: 3 }
            ]
          }
        ]
      }
    );
    expect(screen.queryByRole('checkbox')).toBeNull();
    fireEvent.click(button(/^Filters \(2\)/));
    const boxes = screen.getAllByRole('checkbox') as HTMLInputElement[];
    expect(boxes.map(({ checked }) => checked)).toEqual([false, true]);
    fireEvent.click(boxes[0]!);
    expect(onToggle).toHaveBeenCalledWith('format', 'a');
    fireEvent.click(button(/^Copy link to this search/));
    expect(onCopyLink).toHaveBeenCalled();
  });

  it('offers only once to clear all filters', () => {
    const search = { ...EVERYTHING, facets: { task: ['a'], domain: ['b'] } };
    const { onFilters, onSearch } = show({ search }, DATASETS, {
      facets: [{ facet: 'task', values: [{ value: 'a', count: 2 }] }]
    });
    fireEvent.click(screen.getByText('Clear all'));
    expect(onSearch).toHaveBeenCalledWith({ facets: {} });
    expect(onFilters).toHaveBeenLastCalledWith(false);
    fireEvent.click(button(/^Filters/));
    expect(onFilters).toHaveBeenLastCalledWith(true);
    expect(screen.getAllByText('Clear all')).toHaveLength(1);
  });
});
