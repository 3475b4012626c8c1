import { render } from '@testing-library/react';
import React from 'react';

import { partsOf, RawText } from '../RawText';

describe('RawText', () => {
  it('shows a long text as it is, in parts', () => {
    const text = '<b>a</b> line\n'.repeat(1000);
    const { container } = render(<RawText text={text} />);
    expect(container.querySelector('pre')?.textContent).toBe(text);
    expect(container.querySelector('b')).toBeNull();
    expect(
      container.querySelectorAll('.hnl-RawText-part').length
    ).toBeGreaterThan(1);
  });
});

describe('partsOf', () => {
  it.each([
    [''],
    ['a'],
    ['a line\n'.repeat(5000)],
    ['a'.repeat(100_000)],
    ['\n'.repeat(10_000)],
    ['a'.repeat(3999) + '\n' + 'b'.repeat(9000) + '\nc']
  ])('loses nothing and makes no part too long', text => {
    const parts = partsOf(text);
    expect(parts.join('')).toBe(text);
    expect(Math.max(0, ...parts.map(part => part.length))).toBeLessThanOrEqual(
      4000
    );
  });

  it('ends parts with a line', () => {
    const parts = partsOf('a line\n'.repeat(5000));
    expect(parts.every(part => part.endsWith('\n'))).toBe(true);
  });
});
