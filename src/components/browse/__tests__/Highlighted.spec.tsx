import { render } from '@testing-library/react';
import React from 'react';

import { Highlighted } from '../Highlighted';

describe('Highlighted', () => {
  it.each([
    [undefined, 'dark matter'],
    [[], 'dark matter'],
    [[[0, 4]], '[dark] matter'],
    [
      [
        [0, 4],
        [5, 11]
      ],
      '[dark] [matter]'
    ],
    // Spans that overlap, or are empty, are left out.
    [
      [
        [0, 4],
        [2, 6],
        [7, 7]
      ],
      '[dark] matter'
    ]
  ])('highlights %j as %s', (highlights, expected) => {
    const { container } = render(
      <Highlighted text="dark matter" highlights={highlights} />
    );
    container.querySelectorAll('mark').forEach(mark => {
      mark.textContent = `[${mark.textContent}]`;
    });
    expect(container.textContent).toBe(expected);
  });
});
