import '@testing-library/jest-dom';
import { fireEvent, render, screen } from '@testing-library/react';
import React from 'react';

import { Checkbox } from '../Checkbox';

describe('Checkbox', () => {
  it('is named by its label, described by its help, and says what it becomes', () => {
    const onChange = jest.fn();
    render(
      <Checkbox
        id="x"
        label="Private"
        help="For members."
        checked={false}
        onChange={onChange}
      />
    );
    const box = screen.getByRole('checkbox', { name: 'Private' });
    expect(box).toHaveAccessibleDescription('For members.');
    fireEvent.click(box);
    expect(onChange).toHaveBeenCalledWith(true);
  });
});
