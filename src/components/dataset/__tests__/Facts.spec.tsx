import { nullTranslator } from '@jupyterlab/translation';
import { act, fireEvent, render, screen } from '@testing-library/react';
import React from 'react';

import { entryAnswer, factAnswer } from '../../../api/__tests__/answers';
import type { IEntry } from '../../../types/api';
import { Facts, textOf, timeOf } from '../Facts';

const trans = nullTranslator.load('test');

function show(entry: Partial<IEntry> = {}, onBrowse?: (path: string) => void) {
  const onCopy = jest.fn();
  render(
    <Facts
      entry={entryAnswer(entry)}
      onBrowse={onBrowse}
      onCopy={onCopy}
      trans={trans}
    />
  );
  return { onCopy };
}

/**
 * The value next to a label.
 */
function fact(label: string): string | undefined {
  return screen.queryByText(label)?.nextElementSibling?.textContent?.trim();
}

describe('Facts', () => {
  it('shows the facts that the server names, and no other', () => {
    show({ facts: [] });
    expect(fact('Data')).toBeUndefined();
  });

  it('shows folders in the file browser if it can', () => {
    const onBrowse = jest.fn();
    show({ contents: { data: 'iris' } }, onBrowse);
    fireEvent.click(screen.getByText('/data/iris'));
    expect(onBrowse).toHaveBeenCalledWith('iris');
    // The catalog's folder is outside of the file browser's.
    expect(screen.getByText('/catalog/iris').tagName).toBe('SPAN');
  });

  it('copies a path, and says so for a moment', () => {
    jest.useFakeTimers();
    const { onCopy } = show();
    fireEvent.click(
      screen.getByRole('button', { name: 'Copy the path /data/iris' })
    );
    expect(onCopy).toHaveBeenCalledWith('/data/iris');
    const announced = () =>
      screen.getAllByRole('status').map(({ textContent }) => textContent);
    expect(announced()).toContain('Copied');
    act(() => void jest.advanceTimersByTime(3000));
    expect(announced()).not.toContain('Copied');
    jest.useRealTimers();
  });

  it('makes links of web addresses only, without a referrer', () => {
    show({
      facts: [
        factAnswer('doi', 'DOI', [
          { text: '10.1/iris', href: 'https://doi.org/10.1/iris' }
        ]),
        factAnswer('homepage', 'Home page', [
          { text: 'Here', href: 'javascript:alert(1)' }
        ]),
        factAnswer('licence', 'Licence', [{ text: 'Own', href: 'LICENSE' }])
      ]
    });
    const links = screen.getAllByRole('link') as HTMLAnchorElement[];
    expect(links.map(({ href }) => href)).toEqual([
      'https://doi.org/10.1/iris'
    ]);
    expect([fact('Home page'), fact('Licence')]).toEqual(['Here', 'Own']);
    for (const { rel, target } of links) {
      expect([rel, target]).toEqual(['noopener noreferrer', '_blank']);
    }
  });

  it('draws each kind in its way, with what is said besides', () => {
    const moment = { kind: 'moment' } as const;
    show({
      facts: [
        factAnswer('tags', 'Tags', ['biology', 'csv'], { kind: 'code' }),
        factAnswer('authors', 'Authors', [{ text: 'R. Fisher', note: 'Lab' }]),
        factAnswer('papers', 'Papers', ['a', 'b'], { is_list: true }),
        factAnswer('published_at', 'Published', ['some day'], moment),
        factAnswer('verified', 'Ran', ['2026-01-31'], moment)
      ]
    });
    expect(fact('Tags')).toBe('biology, csv');
    expect(fact('Authors')).toBe('R. Fisher (Lab)');
    expect(screen.getAllByRole('listitem')).toHaveLength(2);
    expect(fact('Published')).toBe('some day');
    expect(fact('Ran')).toBe('2026-01-31');
  });
});

describe('textOf', () => {
  it.each([
    [undefined, ''],
    [null, ''],
    ['text', 'text'],
    [7, '7'],
    [['a', 1], 'a, 1']
  ])('reads %j as %s', (value, text) => {
    expect(textOf(value)).toBe(text);
  });
});

describe('timeOf', () => {
  it('reads times, and leaves other text', () => {
    const time = '2026-01-02T03:04:05Z';
    expect(timeOf(time)).toBe(new Date(time).toLocaleString());
    expect(timeOf('')).toBe('');
    // A day stays that day, wherever one is.
    expect(timeOf('2026-01-31')).toBe('2026-01-31');
  });
});
