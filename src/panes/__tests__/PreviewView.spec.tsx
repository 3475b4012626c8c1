import { fireEvent, render, screen } from '@testing-library/react';
import React from 'react';

import { workbenchOver } from '../../models/__tests__/workbenchOver';
import { PreviewView } from '../PreviewView';

describe('PreviewView', () => {
  it('shows the card, and the cells of the notebook on request', () => {
    const { services } = workbenchOver();
    render(
      <PreviewView
        preview={{
          record: {},
          card: '---\nlicense: mit\n---\n# Iris',
          notebook: {
            cells: [
              { cell_type: 'markdown', source: 'Text.' },
              { cell_type: 'code', source: ['a = 1\n', 'b = 2'] }
            ]
          },
          loader: null,
          batch_script: null,
          files: [],
          actions: [],
          warnings: []
        }}
        services={services}
      />
    );
    expect(screen.getByText('# Iris')).not.toBeNull();
    expect(screen.queryByText(/license/)).toBeNull();
    expect(screen.queryByText('Text.')).toBeNull();
    fireEvent.click(screen.getByRole('button', { name: 'Loader notebook' }));
    expect(screen.getByText('Text.')).not.toBeNull();
    expect(screen.getByText(/a = 1\s+b = 2/)).not.toBeNull();
  });
});
