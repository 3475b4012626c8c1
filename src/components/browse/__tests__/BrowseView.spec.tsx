import { nullTranslator } from '@jupyterlab/translation';
import { act, fireEvent, render, screen } from '@testing-library/react';
import React from 'react';

import { datasetAnswer, pageAnswer } from '../../../api/__tests__/answers';
import type { IDatasetPage, IDatasetSummary } from '../../../types/api';
import { CatalogError } from '../../../types/errors';
import { catalogIcon } from '../../../icons';
import { layOut } from '../../common/__tests__/layout';
import { BrowseView, type IBrowseViewProps } from '../BrowseView';

const trans = nullTranslator.load('test');

layOut();

const DATASETS = [
  datasetAnswer(),
  datasetAnswer({
    id: 'sky',
    name: 'sky',
    pretty_name: 'Sky survey',
    tags: ['fits']
  })
];

const EVERYTHING: IBrowseViewProps['search'] = {
  q: '',
  facets: {},
  sort: 'relevance'
};

/**
 * A view whose answer is one to what is searched for, unless a test says otherwise.
 */
function show(
  part: Partial<IBrowseViewProps> = {},
  datasets: readonly IDatasetSummary[] = DATASETS,
  page: Partial<IDatasetPage> = {}
) {
  const search = part.search ?? EVERYTHING;
  const props: IBrowseViewProps = {
    search,
    answer: { ...pageAnswer([...datasets], page), search, at: Date.now() },
    error: null,
    at: index => datasets[index] ?? null,
    accessOf: () => undefined,
    columns: ['name', 'size', 'formats'],
    formats: new Set(['csv', 'fits']),
    labelOf: (_facet, value) => value.toUpperCase(),
    icon: catalogIcon,
    onRange: jest.fn(),
    onSearch: jest.fn(),
    onToggle: jest.fn(),
    onSearchFacet: jest.fn(),
    onFilters: jest.fn(),
    onCopyLink: jest.fn(),
    onCreate: jest.fn(),
    onOpen: jest.fn(),
    onMenu: jest.fn(),
    onRetry: jest.fn(),
    trans,
    ...part
  };
  const view = render(<BrowseView {...props} />);
  const again = (more: Partial<IBrowseViewProps>): void =>
    view.rerender(<BrowseView {...props} {...more} />);
  return { ...props, again };
}

const row = (name: RegExp): HTMLElement => screen.getByRole('button', { name });
const marks = (): (string | null)[] =>
  [...document.querySelectorAll('mark')].map(({ textContent }) => textContent);

describe('a row', () => {
  it('shows title, name, size and formats, and opens what is chosen', () => {
    const { onOpen } = show();
    expect(row(/^Iris/).textContent).toBe('Irisirisn<1Kcsv');
    fireEvent.click(row(/^Iris/));
    expect(onOpen).toHaveBeenCalledWith('iris');
  });

  it('marks what met the words, and nothing else of hostile texts', () => {
    show({ search: { ...EVERYTHING, q: 'img' } }, [
      datasetAnswer({
        pretty_name: '<img src=x> 🌌 survey',
        marks: { pretty_name: [[1, 4]] },
        excerpt: { text: 'many img files', marks: [[5, 8]] }
      })
    ]);
    expect(marks()).toEqual(['img', 'img']);
    const title = '<img src=x> 🌌 survey';
    expect(screen.getByTitle(title).textContent).toBe(title);
    expect(document.querySelector('img')).toBeNull();
  });

  it('shows the nickname where the words met only that', () => {
    show({ columns: [], search: { ...EVERYTHING, q: 'iri' } }, [
      datasetAnswer({ marks: { name: [[0, 3]] } })
    ]);
    expect(marks()).toEqual(['iri']);
  });

  it('begins an excerpt near its mark', () => {
    const text = `${'word '.repeat(20)}halo after`;
    show({ search: { ...EVERYTHING, q: 'halo' } }, [
      datasetAnswer({ excerpt: { text, marks: [[100, 104]] } })
    ]);
    expect(row(/^Iris/).textContent).toContain('…word word word halo after');
    expect(marks()).toEqual(['halo']);
  });

  it.each([
    [{ broken: 'No JSON.' }, 'Damaged'],
    [{ unfinished: true }, 'Unfinished'],
    [{ pull_request_url: 'https://hub.example/1' }, 'In review'],
    [{ source: 'hub' as const }, 'Only on the Hub'],
    [{ source: 'here' as const }, 'Not published'],
    [{ read_only: 'Of a newer version.' }, 'Read-only']
  ])('says of %j: %s', (part, badge) => {
    show({}, [datasetAnswer(part)]);
    expect(screen.getByText(badge).className).toContain('hnl-Badge');
  });

  it.each([
    [{ status: 'readable' as const }, 'You can open it'],
    [{ status: 'unreadable' as const, group: 'm1234' }, 'Ask group m1234'],
    [{ status: 'unreadable' as const }, 'You cannot open it'],
    [{ status: 'missing' as const }, 'Moved or purged'],
    [{ status: 'unknown' as const }, 'Access: Not known']
  ])('says of access %j: %s', (access, words) => {
    show({ accessOf: () => access }, [datasetAnswer()]);
    expect(row(/^Iris/).textContent).toContain(words);
  });

  it('waits for what is on its way', () => {
    const { onOpen } = show({ at: () => null });
    const [first] = screen.getAllByRole('button', { name: /Loading/ });
    fireEvent.click(first!);
    expect(onOpen).not.toHaveBeenCalled();
  });
});

describe('the list', () => {
  it('is walked by the arrow keys, with one row in the tab order', () => {
    show();
    const rows = () =>
      screen.getAllByRole('button').filter(it => it.matches('.hnl-Row-open'));
    expect(rows().map(({ tabIndex }) => tabIndex)).toEqual([0, -1]);
    fireEvent.keyDown(screen.getByRole('searchbox'), { key: 'ArrowDown' });
    expect(document.activeElement).toBe(rows()[0]);
    fireEvent.keyDown(document.activeElement as Element, { key: 'ArrowDown' });
    expect(document.activeElement).toBe(rows()[1]);
    expect(rows().map(({ tabIndex }) => tabIndex)).toEqual([-1, 0]);
    fireEvent.keyDown(document.activeElement as Element, { key: 'Home' });
    expect(document.activeElement).toBe(rows()[0]);
  });

  it('tells which rows are in sight', () => {
    const { onRange } = show();
    expect(onRange).toHaveBeenLastCalledWith(0, 1);
  });

  it('says what to do where there is nothing', () => {
    show({}, []);
    expect(screen.getByText('Nothing here yet')).not.toBeNull();
    expect(screen.getByText(/Right-click a folder/)).not.toBeNull();
    expect(screen.getByText(/\/catalog/)).not.toBeNull();
  });

  it('says that it reads, also while it is read for the first time', () => {
    show({ answer: null });
    expect(screen.getByText('Reading the catalog…')).not.toBeNull();
    show({}, [], { is_refreshing: true });
    expect(screen.queryByText('Nothing here yet')).toBeNull();
  });
});

describe('the search', () => {
  it('is typed, cleared by Escape and by its button', () => {
    const { onSearch } = show({ search: { ...EVERYTHING, q: 'halo' } });
    const field = screen.getByRole('searchbox', { name: 'Search datasets' });
    fireEvent.change(field, { target: { value: 'halos' } });
    expect(onSearch).toHaveBeenLastCalledWith({ q: 'halos' });
    fireEvent.keyDown(field, { key: 'Escape' });
    expect(onSearch).toHaveBeenLastCalledWith({ q: '' });
    fireEvent.click(row(/^Clear the search/));
    expect(onSearch).toHaveBeenLastCalledWith({ q: '' });
    expect(document.activeElement).toBe(field);
  });

  it('explains what can be typed', () => {
    show();
    const help = row(/^What can be searched for/);
    expect(help.getAttribute('aria-expanded')).toBe('false');
    fireEvent.click(help);
    expect(screen.getByText('size:>1TB')).not.toBeNull();
  });

  it('is sorted', () => {
    const { onSearch } = show();
    fireEvent.change(screen.getByRole('combobox', { name: 'Sort by' }), {
      target: { value: 'newest' }
    });
    expect(onSearch).toHaveBeenCalledWith({ sort: 'newest' });
  });

  it('says when letters were forgiven, and of what the answer is one', () => {
    const before = { ...EVERYTHING, q: 'galxy' };
    const { answer, again } = show({ search: before }, DATASETS, {
      is_forgiving: true
    });
    const said = 'Nothing has “galxy” in it. These 2 are a letter off.';
    expect(screen.getByText(said)).not.toBeNull();
    again({ answer, search: { ...EVERYTHING, q: 'galaxy' } });
    expect(screen.getByText(said)).not.toBeNull();
  });

  it('pales an old answer where the next one takes its time', () => {
    jest.useFakeTimers();
    const { answer, again } = show();
    again({ answer, search: { ...EVERYTHING, q: 'galaxy' } });
    act(() => jest.advanceTimersByTime(300));
    expect(document.querySelector('.hnl-mod-old')).toBeNull();
    act(() => jest.advanceTimersByTime(200));
    expect(document.querySelector('.hnl-mod-old')).not.toBeNull();
    again({});
    expect(document.querySelector('.hnl-mod-old')).toBeNull();
    jest.useRealTimers();
  });

  it('offers to widen what nothing fits', () => {
    const { onSearch } = show(
      { search: { q: 'halo', sort: 'name', facets: { format: ['csv'] } } },
      []
    );
    expect(
      screen.getByText('No dataset fits “halo” and the filters.')
    ).not.toBeNull();
    fireEvent.click(row(/^Clear the filters/));
    expect(onSearch).toHaveBeenLastCalledWith({ facets: {} });
    fireEvent.click(row(/^Clear the words/));
    expect(onSearch).toHaveBeenLastCalledWith({ q: '' });
  });

  it('reads out the number once the typing has paused', () => {
    jest.useFakeTimers();
    show();
    expect(screen.getByRole('status').textContent).toBe('');
    act(() => jest.advanceTimersByTime(1000));
    expect(screen.getByRole('status').textContent).toBe('2 datasets');
    jest.useRealTimers();
  });
});

describe('filters', () => {
  const values = (...counts: number[]) =>
    counts.map((count, index) => ({ value: `v${index}`, count }));

  it('are folded away, with how many are chosen', () => {
    const { onToggle, onCopyLink } = show(
      { search: { ...EVERYTHING, facets: { format: ['v1'], task: ['t'] } } },
      DATASETS,
      { facets: [{ facet: 'format', values: values(5, 3) }] }
    );
    expect(screen.queryByRole('checkbox')).toBeNull();
    fireEvent.click(row(/^Filters \(2\)/));
    const boxes = screen.getAllByRole('checkbox') as HTMLInputElement[];
    expect(boxes.map(({ checked }) => checked)).toEqual([false, true]);
    fireEvent.click(boxes[0]!);
    expect(onToggle).toHaveBeenCalledWith('format', 'v0');
    fireEvent.click(row(/^Copy link to this search/));
    expect(onCopyLink).toHaveBeenCalled();
  });

  it('show the most frequent values, and more of them to search in', () => {
    show({}, DATASETS, {
      facets: [{ facet: 'license', values: values(...Array(20).fill(1)) }]
    });
    fireEvent.click(row(/^Filters/));
    expect(screen.getAllByRole('checkbox')).toHaveLength(6);
    fireEvent.click(row(/^More \(14\)/));
    expect(screen.getAllByRole('checkbox')).toHaveLength(20);
    fireEvent.change(screen.getByLabelText('Search in Licence'), {
      target: { value: 'v19' }
    });
    expect(screen.getAllByRole('checkbox')).toHaveLength(1);
    fireEvent.click(row(/^Fewer/));
    expect(screen.getAllByRole('checkbox')).toHaveLength(6);
  });

  it('leave by their chips', () => {
    const { onToggle } = show({
      search: { ...EVERYTHING, facets: { format: ['hdf5'] } }
    });
    fireEvent.click(row(/^Remove Format: HDF5/));
    expect(onToggle).toHaveBeenCalledWith('format', 'hdf5');
  });
});

describe('what cannot be looked at', () => {
  it('leaves the list, with its age, when the server is gone', () => {
    const { onRetry } = show({
      error: new CatalogError('no_connection', 'Gone.')
    });
    expect(screen.getByText('Iris')).not.toBeNull();
    expect(screen.getByText(/as it was just now/)).not.toBeNull();
    fireEvent.click(screen.getByText('Try again'));
    expect(onRetry).toHaveBeenCalled();
  });

  it('is told of the catalog and of the Hub', () => {
    const as_of = new Date(Date.now() - 600_000).toISOString();
    show({}, DATASETS, {
      catalog: { root: '/c', writable: false, problem: 'Not mounted.', as_of },
      hub: { problem: 'Refused.', as_of }
    });
    expect(screen.getByText(/Not mounted/)).not.toBeNull();
    expect(
      screen.getByText('This is the catalog as it was 10 minutes ago.')
    ).not.toBeNull();
    expect(
      screen.getByText(
        'The Hub does not answer; this is its list of 10 minutes ago.'
      )
    ).not.toBeNull();
  });

  it('offers once to clear all that is chosen', () => {
    const facets = { task: ['a'], domain: ['b'] };
    const search = { ...EVERYTHING, facets };
    const { onFilters, onSearch } = show({ search }, DATASETS, {
      facets: [{ facet: 'task', values: [{ value: 'a', count: 2 }] }]
    });
    fireEvent.click(screen.getByText('Clear all'));
    expect(onSearch).toHaveBeenCalledWith({ facets: {} });
    expect(onFilters).toHaveBeenLastCalledWith(false);
    fireEvent.click(screen.getByRole('button', { name: /^Filters/ }));
    expect(onFilters).toHaveBeenLastCalledWith(true);
    expect(screen.getAllByText('Clear all')).toHaveLength(1);
  });
});
