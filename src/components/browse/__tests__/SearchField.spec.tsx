import { fireEvent, render, screen } from '@testing-library/react';
import React from 'react';

import { PREFIXES } from '../../../types/facets';
import { SearchField } from '../SearchField';
import { button, trans } from './browseSetup';

function show(value: string) {
  const onChange = jest.fn();
  const onDown = jest.fn();
  render(
    <SearchField
      value={value}
      onChange={onChange}
      onDown={onDown}
      trans={trans}
    />
  );
  const field = screen.getByRole('searchbox', { name: 'Search datasets' });
  return { field, onChange, onDown };
}

describe('SearchField', () => {
  it('is cleared by Escape and by its button, which keeps the focus in it', () => {
    const { field, onChange } = show('halo');
    fireEvent.change(field, { target: { value: 'halos' } });
    expect(onChange).toHaveBeenLastCalledWith('halos');
    fireEvent.keyDown(field, { key: 'Escape' });
    expect(onChange).toHaveBeenLastCalledWith('');
    fireEvent.click(button(/^Clear the search/));
    expect(onChange).toHaveBeenCalledTimes(3);
    expect(document.activeElement).toBe(field);
  });

  it('leaves Escape to others while it is empty', () => {
    const { field, onChange } = show('');
    expect(fireEvent.keyDown(field, { key: 'Escape' })).toBe(true);
    expect(onChange).not.toHaveBeenCalled();
    expect(screen.queryByRole('button', { name: /^Clear/ })).toBeNull();
  });

  it('is left for the list with the arrow key', () => {
    const { field, onDown } = show('');
    fireEvent.keyDown(field, { key: 'ArrowDown' });
    expect(onDown).toHaveBeenCalledTimes(1);
  });

  it('explains what can be typed', () => {
    show('');
    const help = button(/^Search help/);
    expect(help.getAttribute('aria-expanded')).toBe('false');
    fireEvent.click(help);
    expect(screen.getByText('size:>1TB')).not.toBeNull();
    const text = screen.getByText(/^Also task:/).parentElement?.parentElement;
    for (const prefix of PREFIXES) {
      expect(text?.textContent).toContain(`${prefix}:`);
    }
  });

  it('closes the help with Escape first, and gives the focus back', () => {
    const { field, onChange } = show('halo');
    const help = button(/^Search help/);
    fireEvent.click(help);
    fireEvent.keyDown(field, { key: 'Escape' });
    expect(help.getAttribute('aria-expanded')).toBe('false');
    expect(document.activeElement).toBe(help);
    expect(onChange).not.toHaveBeenCalled();
    fireEvent.keyDown(field, { key: 'Escape' });
    expect(onChange).toHaveBeenCalledWith('');
  });
});
