import { nullTranslator } from '@jupyterlab/translation';
import { act, fireEvent, render, screen } from '@testing-library/react';
import React from 'react';

import { entryAnswer } from '../../../api/__tests__/answers';
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
  it('has no line for what is not known', () => {
    show({ record: { name: 'iris' } });
    expect(fact('Data')).toBeUndefined();
    expect(fact('Catalog folder')).toBe('/catalog/iris');
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
      record: {
        name: 'iris',
        homepage: 'javascript:alert(1)',
        doi: '10.1/iris',
        papers: ['10.1234/x', 'arXiv:2001.00001', 'https://example.org/p']
      }
    });
    const links = screen.getAllByRole('link') as HTMLAnchorElement[];
    expect(links.map(({ href }) => href)).toEqual([
      'https://doi.org/10.1234/x',
      'https://arxiv.org/abs/2001.00001',
      'https://example.org/p',
      'https://doi.org/10.1/iris',
      'https://hub.example/datasets/NERSC/iris'
    ]);
    expect(screen.getByText('javascript:alert(1)').tagName).not.toBe('A');
    for (const { rel, target } of links) {
      expect([rel, target]).toEqual(['noopener noreferrer', '_blank']);
    }
  });

  it('reads lists, people and times, whatever is in them', () => {
    show({
      record: {
        name: 'iris',
        tags: ['biology', 'csv'],
        authors: [{ name: 'R. Fisher' }, null, {}],
        published_at: 'some day'
      }
    });
    expect(fact('Tags')).toBe('biology, csv');
    expect(fact('Authors')).toBe('R. Fisher');
    expect(fact('Published')).toBe('some day');
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
  });
});
