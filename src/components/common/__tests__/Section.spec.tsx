import { fireEvent, render, screen } from '@testing-library/react';
import React from 'react';

import { Section } from '../Section';

describe('Section', () => {
  it('keeps its content mounted while it is collapsed', () => {
    const onToggle = jest.fn();
    render(
      <Section title="Card" level={4} open={false} onToggle={onToggle}>
        <input defaultValue="typed" />
      </Section>
    );
    expect(screen.getByRole('heading', { level: 4 }).textContent).toBe('Card');
    const toggle = screen.getByRole('button', { name: 'Card' });
    expect(toggle.getAttribute('aria-expanded')).toBe('false');
    const content = document.getElementById(
      toggle.getAttribute('aria-controls') ?? ''
    );
    expect(content?.hidden).toBe(true);
    expect(content?.querySelector('input')?.value).toBe('typed');
    fireEvent.click(toggle);
    expect(onToggle).toHaveBeenCalledWith(true);
  });
});
