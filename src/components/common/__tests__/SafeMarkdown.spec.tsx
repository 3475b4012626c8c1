import '@testing-library/jest-dom';
import { nullTranslator } from '@jupyterlab/translation';
import { fireEvent, render, screen } from '@testing-library/react';
import React from 'react';

import { partsOf } from '../RawText';
import { SafeMarkdown } from '../SafeMarkdown';

const trans = nullTranslator.load('test');

function show(html: string, isCut = false, text = '# Iris'): HTMLElement {
  const shown = { html, is_cut: isCut };
  return render(<SafeMarkdown text={text} shown={shown} trans={trans} />)
    .container;
}

describe('SafeMarkdown', () => {
  it('shows what the server lays out', () => {
    show('<h1>Iris</h1><p>Three species.</p>');
    expect(screen.getByRole('heading', { name: 'Iris' })).toBeInTheDocument();
    expect(screen.queryByRole('button')).toBeNull();
  });

  it('shows nothing that is not allowed, whatever the server says', () => {
    const node = show('<p id="main">x<img src="https://evil.example/x"></p>');
    expect(node.querySelector('.hnl-Card-body')?.innerHTML).toBe('<p>x</p>');
  });

  it('lets those without a pointer scroll a wide table', () => {
    const node = show('<table><tbody><tr><td>x</td></tr></tbody></table>');
    expect(node.querySelector('table')?.tabIndex).toBe(0);
  });

  it('shows all of a text that is cut, as text, and goes back', () => {
    const text = 'a\n<script>alert(1)</script>\n'.repeat(1000);
    const node = show('<p>a</p>', true, text);
    fireEvent.click(screen.getByRole('button', { name: 'Show all as text' }));
    expect(node.querySelector('pre')?.textContent).toBe(text);
    expect(node.querySelector('script')).toBeNull();
    fireEvent.click(screen.getByRole('button', { name: 'Show it laid out' }));
    expect(node.querySelector('.hnl-Card-body')?.innerHTML).toBe('<p>a</p>');
  });

  it('says that a text would take too long, and offers only the text', () => {
    show('', true);
    expect(screen.getByText(/would take too long/)).toBeInTheDocument();
    fireEvent.click(screen.getByRole('button', { name: 'Show all as text' }));
    expect(screen.getByText('# Iris')).toBeInTheDocument();
    expect(screen.queryByRole('button')).toBeNull();
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
