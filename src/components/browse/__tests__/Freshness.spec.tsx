import { render, screen } from '@testing-library/react';
import React from 'react';

import { Freshness } from '../Freshness';
import { trans } from './browseSetup';

const as_of = new Date(Date.now() - 600_000).toISOString();

const show = (catalog: object, hub: object) =>
  render(
    <Freshness
      catalog={{ root: '/c', writable: false, ...catalog }}
      hub={hub}
      retry={<button>Try again</button>}
      trans={trans}
    />
  );

describe('Freshness', () => {
  it('says nothing if all is well', () => {
    expect(show({ as_of }, { as_of }).container.textContent).toBe('');
  });

  it('says how old the catalog is, with a button to try again', () => {
    show({ problem: 'Not mounted.', as_of }, {});
    expect(screen.getByText(/Not mounted/)).not.toBeNull();
    expect(
      screen.getByText('This is the catalog as it was 10 minutes ago.')
    ).not.toBeNull();
    expect(screen.getByText('Try again')).not.toBeNull();
  });

  it('says how old the list of the Hub is', () => {
    show({}, { problem: 'Refused.', as_of });
    const note = screen.getByText(
      'The Hub is not responding. This is its list as it was 10 minutes ago.'
    );
    expect(note.title).toBe('Refused.');
  });

  it('says that the list of the Hub is missing', () => {
    show({}, { problem: 'Refused.' });
    expect(screen.getByText(/only there are missing/)).not.toBeNull();
  });
});
