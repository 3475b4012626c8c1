import { fireEvent, render, screen } from '@testing-library/react';
import React from 'react';

import { SORTS } from '../../../models/search/searchQuery';
import { SortField } from '../SortField';
import { trans } from './browseSetup';

describe('SortField', () => {
  it('offers each order that a search can have', () => {
    const onChange = jest.fn();
    render(<SortField value="relevance" onChange={onChange} trans={trans} />);
    const values = screen
      .getAllByRole<HTMLOptionElement>('option')
      .map(({ value }) => value);
    expect(values).toEqual(SORTS);
    fireEvent.change(screen.getByRole('combobox', { name: 'Sort by' }), {
      target: { value: 'newest' }
    });
    expect(onChange).toHaveBeenCalledWith('newest');
  });
});
