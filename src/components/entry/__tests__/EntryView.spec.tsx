import { nullTranslator } from '@jupyterlab/translation';
import { act, fireEvent, render, screen } from '@testing-library/react';
import React from 'react';

import {
  citationAnswer,
  datasetAnswer,
  entryAnswer,
  factAnswer,
  versionAnswer
} from '../../../api/__tests__/answers';
import type { IAccess, IEntry } from '../../../api/types';
import { CatalogError } from '../../../errors';
import type { IAsked } from '../../common/Asked';
import { Access } from '../Access';
import { EntryView, type IEntryViewProps } from '../EntryView';

const trans = nullTranslator.load('test');

/**
 * Something that was asked for, and what came of it.
 */
function asked<T>(value: T | null, error?: CatalogError): IAsked<T> {
  return {
    value,
    error: error ?? null,
    isBusy: false,
    ask: jest.fn(async () => undefined)
  };
}

function show(
  entry: Partial<IEntry> = {},
  part: Partial<IEntryViewProps> = {}
): IEntryViewProps {
  const props: IEntryViewProps = {
    entry: entryAnswer(entry),
    access: asked(null),
    versions: asked([]),
    citations: asked([]),
    related: asked([]),
    croissant: asked(null),
    isOpen: () => true,
    onFold: jest.fn(),
    onCopyLink: jest.fn(),
    onCopy: jest.fn(),
    onSaveCitation: jest.fn(),
    onCroissant: jest.fn(),
    onOpen: jest.fn(),
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

  it('says that there is no card instead of showing an empty one', () => {
    show({ card: ' \n' });
    expect(screen.getByText('It has no card.')).not.toBeNull();
  });

  it('folds a part away where that is asked for', () => {
    const onFold = jest.fn();
    show({}, { isOpen: part => part !== 'card', onFold });
    fireEvent.click(screen.getByRole('button', { name: 'Facts' }));
    expect(onFold).toHaveBeenCalledWith('facts', false);
    const card = screen.getByRole('button', { name: 'Card' });
    expect(card.getAttribute('aria-expanded')).toBe('false');
    fireEvent.click(card);
    expect(onFold).toHaveBeenCalledWith('card', true);
  });

  it('cannot be edited where it is read-only, and says why', () => {
    const { onEdit } = show({ read_only: 'A newer version wrote it.' });
    const edit = screen.getByRole('button', { name: 'Edit' });
    fireEvent.click(edit);
    expect(onEdit).not.toHaveBeenCalled();
    expect(edit.getAttribute('aria-disabled')).toBe('true');
    const why = document.getElementById(
      edit.getAttribute('aria-describedby') ?? ''
    );
    expect(why?.textContent).toBe('A newer version wrote it.');
  });

  it('shows an entry of nothing but a name', () => {
    show({
      record: { name: 'iris' },
      facts: [],
      files: [],
      access: null,
      repo_url: null
    });
    expect(screen.getByRole('heading', { name: 'iris' })).not.toBeNull();
    expect(fact('Data')).toBeNull();
  });

  it('lists the ways to have the data, whatever others wrote there', () => {
    show({
      record: {
        name: 'iris',
        portal_link: 'javascript:alert(1)',
        distributions: [
          { channel: 'link', url: 'https://example.org/iris.zip' },
          { channel: 'torrent', url: 'https://torrents.example/1' },
          { channel: 'torrent', url: 'https://torrents.example/2' },
          null,
          'x',
          { channel: 'drive' }
        ]
      }
    });
    const link = screen.getByText('https://example.org/iris.zip');
    expect(link.closest('li')?.textContent).toContain('from elsewhere');
    expect(screen.getAllByText('The data: torrent')).toHaveLength(2);
    expect(screen.queryByText('The data: drive')).toBeNull();
    expect(screen.getByText('javascript:alert(1)').tagName).not.toBe('A');
  });
});

describe('Facts', () => {
  it('shows folders in the file browser where it can', () => {
    const onBrowse = jest.fn();
    const data = { text: '/data/iris', contents_path: 'iris' };
    show(
      {
        facts: [
          factAnswer('data_path', 'Data', [data], { kind: 'path' }),
          factAnswer('folder', 'Folder', ['/catalog/iris'], { kind: 'path' })
        ]
      },
      { onBrowse }
    );
    fireEvent.click(screen.getByText('/data/iris'));
    expect(onBrowse).toHaveBeenCalledWith('iris');
    // The catalog's folder is outside of what the file browser shows.
    expect(screen.getByText('/catalog/iris').tagName).toBe('SPAN');
  });

  it('copies a path, and says so for a moment', () => {
    jest.useFakeTimers();
    const { onCopy } = show();
    fireEvent.click(
      screen.getByRole('button', { name: 'Copy the path /data/iris' })
    );
    expect(onCopy).toHaveBeenCalledWith('/data/iris');
    const said = () =>
      screen.getAllByRole('status').map(({ textContent }) => textContent);
    expect(said()).toContain('Copied');
    act(() => void jest.advanceTimersByTime(3000));
    expect(said()).not.toContain('Copied');
    jest.useRealTimers();
  });

  it('makes links of web addresses only, which do not tell where they are from', () => {
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
    expect(links.map(({ href }) => href)).toContain(
      'https://doi.org/10.1/iris'
    );
    expect(links.every(({ href }) => href.startsWith('https:'))).toBe(true);
    expect(fact('Home page')?.querySelector('a')).toBeNull();
    expect(fact('Licence')?.querySelector('a')).toBeNull();
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
    expect(fact('Tags')?.textContent).toBe('biology, csv');
    expect(fact('Authors')?.textContent).toBe('R. Fisher (Lab)');
    expect(fact('Papers')?.querySelectorAll('li')).toHaveLength(2);
    expect(fact('Published')?.textContent).toBe('some day');
    expect(fact('Ran')?.textContent).toBe('2026-01-31');
  });
});

describe('what is asked for by itself', () => {
  it('says why it is not there, and tries again', () => {
    const versions = asked<never>(null, new CatalogError('upstream', 'Away.'));
    show({}, { versions });
    expect(screen.getByRole('alert').textContent).toContain('Away.');
    fireEvent.click(screen.getByText('Try again'));
    expect(versions.ask).toHaveBeenCalledTimes(1);
  });

  it('shows the old beside the reason why there is nothing newer', () => {
    const error = new CatalogError('upstream', 'Away.');
    show({}, { versions: asked([versionAnswer()], error) });
    expect(screen.getByText('Away.')).not.toBeNull();
    expect(screen.getByText('Add iris')).not.toBeNull();
  });

  it('says where there is nothing', () => {
    show();
    expect(screen.getByText(/has no versions there/)).not.toBeNull();
    expect(screen.getByText(/not enough known of it/)).not.toBeNull();
    expect(screen.getByText(/No other dataset is like/)).not.toBeNull();
  });

  it('tells what each version changed', () => {
    show(
      {},
      {
        versions: asked([
          versionAnswer({
            url: 'https://hub.example/commit/1',
            authors: ['alice', 'bob'],
            files: [
              { path: 'README.md', change: 'changed' },
              { path: 'load.py', change: 'removed' }
            ],
            members: [
              { member: 'license', before: 'mit', after: 'cc0-1.0' },
              { member: 'doi', after: '10.1/x' }
            ]
          })
        ])
      }
    );
    const version = screen.getByText('Add iris').closest('li');
    expect(version?.textContent).toContain('alice, bob');
    expect(version?.textContent).toContain('README.md changed');
    expect(version?.textContent).toContain('load.py removed');
    expect(version?.querySelector('del')?.textContent).toBe('before: mit');
    expect(
      [...(version?.querySelectorAll('ins') ?? [])].map(it => it.textContent)
    ).toEqual(['after: cc0-1.0', 'after: 10.1/x']);
    expect(version?.querySelector('a')?.href).toBe(
      'https://hub.example/commit/1'
    );
  });

  it('copies and saves the citation in the format that was chosen', () => {
    const cff = citationAnswer({ format: 'cff', label: 'CFF', text: 'cff: 1' });
    const { onCopy, onSaveCitation } = show(
      {},
      { citations: asked([citationAnswer(), cff]) }
    );
    expect(screen.getByText('@misc{iris}')).not.toBeNull();
    fireEvent.change(screen.getByRole('combobox', { name: 'Format' }), {
      target: { value: 'cff' }
    });
    fireEvent.click(screen.getByRole('button', { name: 'Copy the citation' }));
    expect(onCopy).toHaveBeenCalledWith('cff: 1');
    fireEvent.click(screen.getByText('Save as file'));
    expect(onSaveCitation).toHaveBeenCalledWith(cff);
  });

  it('leads to other datasets, in the catalog or not', () => {
    const { onOpen } = show(
      {},
      {
        related: asked([
          datasetAnswer({ id: 'sky', name: 'sky', pretty_name: 'Sky' }),
          datasetAnswer({
            id: 'NERSC/tides',
            name: 'tides',
            pretty_name: '',
            source: 'hub'
          })
        ])
      }
    );
    fireEvent.click(screen.getByRole('button', { name: 'Sky' }));
    fireEvent.click(screen.getByRole('button', { name: 'tides' }));
    expect(onOpen).toHaveBeenCalledWith('sky');
    expect(onOpen).toHaveBeenCalledWith('NERSC/tides');
    expect(screen.getAllByText('Only on the Hub')).toHaveLength(1);
  });

  it('offers Croissant once at a time', () => {
    const croissant = asked<object>(null);
    const { onCroissant } = show({}, { croissant });
    fireEvent.click(screen.getByText('Download croissant.json'));
    expect(onCroissant).toHaveBeenCalledTimes(1);
  });
});

describe('Access', () => {
  it('has a request to copy where there is a group to ask', () => {
    const { onCopy } = show({
      access: { status: 'unreadable', blocked_at: '/data', group: 'm1' }
    });
    fireEvent.click(screen.getByRole('button', { name: 'Copy a request' }));
    expect(onCopy).toHaveBeenCalledWith(
      'Hello, could you add me to the group m1? I would like to read the dataset "Iris" (/data/iris).'
    );
  });

  it('looks again, and says what it found then', () => {
    const access = asked(null);
    show({ access: { status: 'unknown' } }, { access });
    expect(screen.getByText(/The file system does not answer/)).not.toBeNull();
    fireEvent.click(screen.getByText('Look again'));
    expect(access.ask).toHaveBeenCalledTimes(1);
  });

  it('prefers the second look', () => {
    show(
      { access: { status: 'missing' } },
      { access: asked({ status: 'readable' }) }
    );
    expect(screen.getByText('You can open it.')).not.toBeNull();
    expect(screen.queryByText('Look again')).toBeNull();
  });
});

describe('Access', () => {
  it('tells what to do', () => {
    const advice = 'Write to data@physics.example to be added to m1.';
    render(
      <Access
        found={{ status: 'unreadable', blocked_at: '/data', advice }}
        again={asked<IAccess | null>(null)}
        dataset={{ title: 'Iris', path: '/data/iris' }}
        onCopy={jest.fn()}
        trans={trans}
      />
    );
    expect(screen.getByText(advice)).toBeTruthy();
    expect(screen.queryByText(/could you add me/)).toBeNull();
  });
});
