import { nullTranslator } from '@jupyterlab/translation';
import { fireEvent, render, screen } from '@testing-library/react';
import React from 'react';

import { Chips } from '../Chips';

const trans = nullTranslator.load('huggingnersc_lab');

it('shows the last of many, and all of them on request', () => {
  const onRemove = jest.fn();
  const chips = Array.from({ length: 5000 }, (_, index) => ({
    id: `tag-${index}`,
    label: `tag-${index}`
  }));
  render(
    <Chips
      labelId="tags-label"
      chips={chips}
      readOnly={false}
      onRemove={onRemove}
      onEmptied={jest.fn()}
      trans={trans}
    />
  );
  expect(screen.getAllByRole('listitem')).toHaveLength(100);
  expect(screen.getByText('tag-4999')).toBeTruthy();
  fireEvent.click(screen.getByLabelText('Remove tag-4900'));
  expect(onRemove).toHaveBeenCalledWith('tag-4900');

  fireEvent.click(screen.getByText('Show 4900 more'));
  expect(screen.getByText('tag-0')).toBeTruthy();
  expect(screen.queryByText(/^Show/)).toBeNull();
});
