import '@testing-library/jest-dom';
import { nullTranslator } from '@jupyterlab/translation';
import { fireEvent, render, screen } from '@testing-library/react';
import React from 'react';

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

  it('shows all of a text that is cut, as text, and goes back', () => {
    const text = 'a\n<script>alert(1)</script>\n'.repeat(1000);
    const node = show('<p>a</p>', true, text);
    fireEvent.click(screen.getByRole('button', { name: 'Show as plain text' }));
    expect(node.querySelector('pre')?.textContent).toBe(text);
    expect(node.querySelector('script')).toBeNull();
    fireEvent.click(screen.getByRole('button', { name: 'Show formatted' }));
    expect(node.querySelector('.hnl-Card-body')?.innerHTML).toBe('<p>a</p>');
  });

  it('says that a text would take too long, and offers only the text', () => {
    show('', true);
    expect(screen.getByText(/would take too long/)).toBeInTheDocument();
    fireEvent.click(screen.getByRole('button', { name: 'Show as plain text' }));
    expect(screen.getByText('# Iris')).toBeInTheDocument();
    expect(screen.queryByRole('button')).toBeNull();
  });
});
