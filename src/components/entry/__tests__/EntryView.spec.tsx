import { nullTranslator } from '@jupyterlab/translation';
import { fireEvent, render, screen, within } from '@testing-library/react';
import React from 'react';

import { entryAnswer } from '../../../api/__tests__/answers';
import type { IEntry } from '../../../api/types';
import { accessSentence } from '../accessSentence';
import { EntryView, type IEntryViewProps } from '../EntryView';

const trans = nullTranslator.load('test');

function show(
  entry: Partial<IEntry> = {},
  part: Partial<IEntryViewProps> = {}
): IEntryViewProps {
  const props: IEntryViewProps = {
    entry: entryAnswer(entry),
    renderCard: card => <pre>{card}</pre>,
    renderCode: text => <code>{text}</code>,
    onEdit: jest.fn(),
    onMenu: jest.fn(),
    onResume: jest.fn(),
    onUndo: jest.fn(),
    trans,
    ...part
  };
  render(<EntryView {...props} />);
  return props;
}

/**
 * What stands beside a label in the list of facts.
 */
function fact(label: string): HTMLElement | null {
  const value = screen.queryByText(label)?.nextElementSibling;
  return value instanceof HTMLElement ? value : null;
}

describe('EntryView', () => {
  it('offers what this entry and this place have, and no more', () => {
    show({ notebook: null, loader: null });
    const names = screen.getAllByRole('button').map(it => it.textContent);
    expect(names).toContain('Edit');
    expect(names).not.toContain('Open loader notebook');
    expect(names).not.toContain('Insert loader');
    expect(screen.queryByText(/^Loader:/)).toBeNull();
  });

  it('opens the notebook and inserts the loader', () => {
    const onOpenNotebook = jest.fn();
    const onInsert = jest.fn();
    show({}, { onOpenNotebook, onInsert });
    fireEvent.click(screen.getByText('Open loader notebook'));
    fireEvent.click(screen.getByText('Insert loader'));
    expect(onOpenNotebook).toHaveBeenCalledTimes(1);
    expect(onInsert).toHaveBeenCalledTimes(1);
    expect(screen.getByText('print(1)')).not.toBeNull();
  });

  it('offers to finish or to undo a change that was left', () => {
    const { onResume, onUndo } = show({ unfinished: true });
    fireEvent.click(screen.getByText('Resume'));
    fireEvent.click(screen.getByText('Undo'));
    expect(onResume).toHaveBeenCalledTimes(1);
    expect(onUndo).toHaveBeenCalledTimes(1);
  });

  it('folds a part away and shows it again', () => {
    show();
    const toggle = screen.getByRole('button', { name: 'Facts' });
    fireEvent.click(toggle);
    expect(toggle.getAttribute('aria-expanded')).toBe('false');
    fireEvent.click(toggle);
    expect(toggle.getAttribute('aria-expanded')).toBe('true');
  });

  it('shows an entry of nothing but a name', () => {
    show({ record: { name: 'iris' }, files: [], access: null, repo_url: null });
    expect(screen.getByRole('heading', { name: 'iris' })).not.toBeNull();
    expect(fact('Data')).toBeNull();
    expect(fact('Catalog folder')?.textContent).toBe('/catalog/iris');
  });
});

describe('Facts', () => {
  it('shows folders in the file browser where it can', () => {
    const onBrowse = jest.fn();
    show({ contents: { data: 'iris' } }, { onBrowse });
    fireEvent.click(screen.getByText('/data/iris'));
    expect(onBrowse).toHaveBeenCalledWith('iris');
    // The catalog's folder is outside of what the file browser shows.
    expect(
      within(fact('Catalog folder') as HTMLElement).queryByRole('button')
    ).toBeNull();
  });

  it('makes links of web addresses only, which do not tell where they are from', () => {
    show({
      record: {
        name: 'iris',
        homepage: 'https://example.org/iris',
        download_link: 'javascript:alert(1)',
        doi: '10.1/iris'
      }
    });
    const links = screen.getAllByRole('link') as HTMLAnchorElement[];
    const addresses = links.map(({ href }) => href);
    expect(addresses).toContain('https://example.org/iris');
    expect(addresses).toContain('https://doi.org/10.1/iris');
    expect(addresses.every(href => href.startsWith('https:'))).toBe(true);
    expect(fact('Download')?.textContent).toBe('javascript:alert(1)');
    for (const { rel, target } of links) {
      expect([rel, target]).toEqual(['noopener noreferrer', '_blank']);
    }
  });

  it('reads lists, people and times, whatever shape they have', () => {
    show({
      record: {
        name: 'iris',
        tags: ['biology', 'csv'],
        authors: [{ name: 'R. Fisher' }, null, {}],
        published_at: 'some day'
      }
    });
    expect(fact('Tags')?.textContent).toBe('biology, csv');
    expect(fact('Authors')?.textContent).toBe('R. Fisher');
    expect(fact('Published')?.textContent).toBe('some day');
  });
});

describe('accessSentence', () => {
  it('says which folder keeps one out, and whom to ask', () => {
    const access = {
      status: 'unreadable',
      blocked_at: '/data/m1',
      group: 'm1'
    } as const;
    expect(accessSentence(access, trans)).toBe(
      'Ask group m1 to read it: /data/m1 keeps you out.'
    );
  });

  it('says what is missing', () => {
    expect(
      accessSentence({ status: 'missing', blocked_at: '/data' }, trans)
    ).toContain('/data does not exist');
    expect(accessSentence({ status: 'missing' }, trans)).toContain(
      'Moved or purged'
    );
  });
});
