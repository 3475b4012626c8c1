import { render, screen } from '@testing-library/react';
import React from 'react';

import { WebLink } from '../WebLink';

describe('WebLink', () => {
  it('opens a web address without a referrer', () => {
    render(<WebLink href="https://example.org/">Example</WebLink>);
    const link = screen.getByRole('link', { name: 'Example' });
    expect(link.getAttribute('rel')).toBe('noopener noreferrer');
    expect(link.getAttribute('target')).toBe('_blank');
  });

  it.each(['javascript:alert(1)', 'data:text/html,x', '/local', 'ftp://x'])(
    'shows %s as text',
    href => {
      const { container } = render(<WebLink href={href} />);
      expect(screen.queryByRole('link')).toBeNull();
      expect(container.textContent).toBe(href);
    }
  );
});
