import { nullTranslator } from '@jupyterlab/translation';
import { fireEvent, render, screen } from '@testing-library/react';
import React from 'react';

import { UnknownDataset } from '../UnknownDataset';

describe('UnknownDataset', () => {
  it('names the dataset, says why, and leads to the list', () => {
    const onSearch = jest.fn();
    const onList = jest.fn();
    render(
      <UnknownDataset
        id="irsi"
        detail="Retired."
        onSearch={onSearch}
        onList={onList}
        trans={nullTranslator.load('test')}
      />
    );
    const text = screen.getByRole('alert').textContent;
    expect(text).toContain('There is no dataset "irsi"');
    expect(text).toContain('Retired.');
    fireEvent.click(screen.getByText('Search for it'));
    expect(onSearch).toHaveBeenCalledTimes(1);
    fireEvent.click(screen.getByText('Back to the list'));
    expect(onList).toHaveBeenCalledTimes(1);
  });
});
