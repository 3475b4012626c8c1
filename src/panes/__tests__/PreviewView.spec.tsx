import { fireEvent, render, screen } from '@testing-library/react';
import React from 'react';

import { previewAnswer } from '../../api/__tests__/answers';
import { workbenchOver } from '../../models/__tests__/workbenchOver';
import { PreviewView } from '../PreviewView';

const preview = previewAnswer({
  notebook: {
    cells: [
      { cell_type: 'markdown', source: ['# Load\n', '*it*'] },
      { cell_type: 'code', source: ['print(1)'] },
      { cell_type: 'markdown', source: ['<img src="https://evil.example/x">'] }
    ]
  },
  cells_html: [
    { html: '<h1>Load</h1><p><em>it</em></p>', is_cut: false },
    null,
    { html: '<p>x<img src="https://evil.example/x"></p>', is_cut: false }
  ]
});

describe('PreviewView', () => {
  it("shows the card, and the notebook's cells as the server lays them out", () => {
    const { services } = workbenchOver();
    const { container } = render(
      <PreviewView preview={preview} services={services} />
    );
    expect(screen.getByRole('heading', { name: 'Iris' })).not.toBeNull();
    fireEvent.click(screen.getByRole('button', { name: 'Loader notebook' }));
    expect(screen.getByText('it').tagName).toBe('EM');
    expect(screen.getByText('print(1)').tagName).toBe('DIV');
    expect(container.querySelector('img')).toBeNull();
  });
});
