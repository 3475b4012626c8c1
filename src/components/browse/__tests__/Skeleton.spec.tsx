import { render, screen } from '@testing-library/react';
import React from 'react';

import { Skeleton } from '../Skeleton';
import { trans } from './browseSetup';

describe('Skeleton', () => {
  it('tells screen readers that the catalog is loading', () => {
    render(<Skeleton trans={trans} />);
    expect(screen.getByRole('status').textContent).toBe('Loading the catalog…');
  });
});
