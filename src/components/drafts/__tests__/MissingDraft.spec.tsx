import { nullTranslator } from '@jupyterlab/translation';
import { render, screen } from '@testing-library/react';
import React from 'react';

import { MissingDraft } from '../MissingDraft';

describe('MissingDraft', () => {
  it('tells screen readers, too, that the draft is gone', () => {
    render(<MissingDraft trans={nullTranslator.load('test')} />);
    expect(screen.getByRole('status').textContent).toBe(
      'This draft no longer exists.'
    );
  });
});
