import { render, screen } from '@testing-library/react';
import React from 'react';

import { catalogIcon } from '../../../icons';
import { EmptyCatalog } from '../EmptyCatalog';
import { trans } from './browseSetup';

describe('EmptyCatalog', () => {
  it('says how to add a dataset, and where the catalog is', () => {
    render(<EmptyCatalog icon={catalogIcon} root="/catalog" trans={trans} />);
    expect(screen.getByText(/^Right-click a folder/)).not.toBeNull();
    expect(
      screen.getByText('The catalog is the folder /catalog.')
    ).not.toBeNull();
  });

  it('names no folder at a site without one', () => {
    render(<EmptyCatalog icon={catalogIcon} root="" trans={trans} />);
    expect(screen.queryByText(/is the folder/)).toBeNull();
  });
});
