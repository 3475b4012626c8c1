import { fireEvent, screen } from '@testing-library/react';

import { datasetAnswer } from '../../../api/__tests__/answers';
import { layOut } from '../../__tests__/layout';
import { button, EVERYTHING, show } from './browseSetup';

layOut();

const highlights = (): (string | null)[] =>
  [...document.querySelectorAll('mark')].map(({ textContent }) => textContent);

describe('DatasetRow', () => {
  it('shows title, name, size and formats, and opens the dataset', () => {
    const { onMenu, onOpen } = show();
    expect(button(/^Iris/).textContent).toBe('Irisirisunder 1K rowscsv');
    fireEvent.click(button(/^Iris/));
    expect(onOpen).toHaveBeenCalledWith('iris');
    fireEvent.click(button(/^More actions for Iris/));
    expect(onMenu).toHaveBeenCalledTimes(1);
  });

  it('shows the columns of the settings', () => {
    show({ columns: ['license', 'size', 'updated'] }, [
      datasetAnswer({
        license: 'mit',
        n_bytes: 1_230_000,
        updated_at: new Date(Date.now() - 7_200_000).toISOString()
      })
    ]);
    expect(button(/^Iris/).textContent).toContain('Irismit1.23 MB2 hours ago');
  });

  it('highlights the words of the search, and is safe with hostile texts', () => {
    show({ search: { ...EVERYTHING, q: 'img' } }, [
      datasetAnswer({
        pretty_name: '<img src=x> 🌌 survey',
        marks: { pretty_name: [[1, 4]] },
        excerpt: { text: 'many img files', marks: [[5, 8]] }
      })
    ]);
    expect(highlights()).toEqual(['img', 'img']);
    const title = '<img src=x> 🌌 survey';
    expect(screen.getByTitle(title).textContent).toBe(title);
    expect(document.querySelector('img')).toBeNull();
  });

  it('shows the nickname if only that matches', () => {
    show({ columns: [], search: { ...EVERYTHING, q: 'iri' } }, [
      datasetAnswer({ marks: { name: [[0, 3]] } })
    ]);
    expect(highlights()).toEqual(['iri']);
  });

  it.each([
    [{ field: 'tags', text: 'cosmology' }, 'Found in tags: cosmology.'],
    [{ field: 'authors', text: 'Ada' }, 'Found in authors: Ada.'],
    [{ field: 'other', text: '' }, 'Found in papers, paths or links.']
  ] as const)('says why it is found: %j', (found_in, words) => {
    show({ search: { ...EVERYTHING, q: 'x' } }, [
      datasetAnswer({ found_in, description: 'Flowers.' })
    ]);
    expect(button(/^Iris/).textContent).toContain(`${words} Flowers.`);
  });

  it('has description, authors and month, for a wide panel', () => {
    show({}, [
      datasetAnswer({
        description: 'Flowers\nof Gaspé.',
        authors: ['A. Fisher', 'B. Fisher', 'C. Fisher', 'D. Fisher'],
        rows: 6000,
        updated_at: '2026-11-15T12:00:00Z'
      })
    ]);
    const wide = [...document.querySelectorAll('li .hnl-mod-wide')].map(
      ({ textContent }) => textContent
    );
    expect(wide).toEqual([
      'Flowers of Gaspé.',
      'A. Fisher, B. Fisher, C. Fisher and othersNov 2026'
    ]);
    expect(button(/^Iris/).textContent).toContain('6,000 rows');
  });

  it('cuts an excerpt shortly before its first highlight', () => {
    const text = `${'word '.repeat(20)}halo after`;
    show({ search: { ...EVERYTHING, q: 'halo' } }, [
      datasetAnswer({ excerpt: { text, marks: [[100, 104]] } })
    ]);
    expect(button(/^Iris/).textContent).toContain('…word word word halo after');
    expect(highlights()).toEqual(['halo']);
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

  it('says who can open the data', () => {
    show({ accessOf: () => ({ status: 'unreadable', group: 'm1234' }) });
    expect(button(/^Iris/).textContent).toContain('Ask group m1234');
  });

  it('says nothing of what everybody can open', () => {
    show({ accessOf: () => ({ status: 'readable' }) });
    expect(document.querySelector('.hnl-Row-badges')?.textContent).toBe('');
  });

  it('does nothing while it is loading', () => {
    const { onMenu, onOpen } = show({ at: () => null });
    const [first] = screen.getAllByRole('button', { name: /Loading/ });
    fireEvent.click(first!);
    fireEvent.click(
      screen.getAllByRole('button', { name: /^More actions/ })[0]!
    );
    expect(onOpen).not.toHaveBeenCalled();
    expect(onMenu).not.toHaveBeenCalled();
  });
});
