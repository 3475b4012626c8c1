import { fireEvent, screen } from '@testing-library/react';

import { button, EVERYTHING, show } from './browseSetup';

describe('ActiveFilters', () => {
  it('are removed by their buttons', () => {
    const { onToggle } = show({
      search: { ...EVERYTHING, facets: { format: ['hdf5'] } }
    });
    fireEvent.click(button(/^Remove Format: HDF5/));
    expect(onToggle).toHaveBeenCalledWith('format', 'hdf5');
  });

  it('give the focus to the search field when the last is removed', () => {
    show({ search: { ...EVERYTHING, facets: { format: ['hdf5'] } } });
    const remove = button(/^Remove Format: HDF5/);
    remove.focus();
    fireEvent.click(remove);
    expect(document.activeElement).toBe(screen.getByRole('searchbox'));
  });

  it('are removed together if there are several', () => {
    const { onSearch } = show({
      search: { ...EVERYTHING, facets: { format: ['hdf5', 'csv'] } }
    });
    fireEvent.click(button(/^Clear all/));
    expect(onSearch).toHaveBeenCalledWith({ facets: {} });
    expect(document.activeElement).toBe(screen.getByRole('searchbox'));
  });
});
