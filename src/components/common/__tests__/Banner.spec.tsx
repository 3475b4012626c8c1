import { render, screen } from '@testing-library/react';
import React from 'react';

import { Banner } from '../Banner';

describe('Banner', () => {
  it('is announced at once if it is an error', () => {
    render(<Banner kind="error">Gone.</Banner>);
    expect(screen.getByRole('alert').textContent).toBe('Gone.');
  });

  it('is only shown if it is not', () => {
    render(
      <Banner kind="info" actions={<button>Show</button>}>
        Text
      </Banner>
    );
    expect(screen.queryByRole('alert')).toBeNull();
    expect(screen.getByRole('button', { name: 'Show' })).not.toBeNull();
  });
});
