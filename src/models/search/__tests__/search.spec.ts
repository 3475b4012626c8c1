import { datasetAnswer, pageAnswer } from '../../../api/__tests__/answers';
import type { IDatasetPage } from '../../../types/api';
import { CatalogError } from '../../../types/errors';
import { SearchModel } from '../search';

/**
 * A server of many datasets that answers when it is told to.
 */
class Server {
  readonly asked: {
    query: URLSearchParams;
    signal: AbortSignal;
    answer: (page: IDatasetPage) => void;
    fail: (error: CatalogError) => void;
  }[] = [];
  total = 1000;

  readonly searchDatasets = (
    text: string,
    signal?: AbortSignal
  ): Promise<IDatasetPage> =>
    new Promise((answer, fail) => {
      const query = new URLSearchParams(text);
      this.asked.push({ query, signal: signal!, answer, fail });
    });

  get queries(): (string | null)[] {
    return this.asked.map(({ query }) => query.get('q'));
  }

  /**
   * Answer a question, by default the last one.
   */
  async answer(
    part: Partial<IDatasetPage> = {},
    at = this.asked.length - 1
  ): Promise<void> {
    const { query, answer } = this.asked[at]!;
    const offset = Number(query.get('offset'));
    const length = Math.min(Number(query.get('limit')), this.total - offset);
    const datasets = Array.from({ length }, (_, index) =>
      datasetAnswer({ id: `${query.get('q') ?? ''}${offset + index}` })
    );
    answer(pageAnswer(datasets, { total: this.total, ...part }));
    await jest.advanceTimersByTimeAsync(0);
  }
}

let server: Server;
let search: SearchModel;
let isVisible: boolean;

beforeEach(async () => {
  jest.useFakeTimers();
  server = new Server();
  isVisible = true;
  search = new SearchModel(server, () => isVisible);
});

afterEach(() => {
  search.dispose();
  jest.useRealTimers();
});

/**
 * Have the first list here.
 */
async function begin(part: Partial<IDatasetPage> = {}): Promise<void> {
  void search.refresh();
  await jest.advanceTimersByTimeAsync(0);
  await server.answer(part);
}

describe('SearchModel', () => {
  it('requests a first page, and shows it', async () => {
    expect(search.answer).toBeNull();
    await begin();
    expect(server.asked[0]?.query.toString()).toBe(
      'limit=40&offset=0&counts=0'
    );
    expect(search.answer?.total).toBe(1000);
    expect(search.isCurrent).toBe(true);
    expect(search.at(39)?.id).toBe('39');
    expect(search.at(40)).toBeNull();
    expect(search.find('7')?.id).toBe('7');
  });

  it('includes what was chosen before the first request', async () => {
    search.change({ q: 'halo' });
    expect(server.asked).toHaveLength(0);
    await begin();
    expect(server.queries).toEqual(['halo']);
  });

  it('requests at once, then the last of what was typed in the meantime', async () => {
    await begin();
    for (const q of ['h', 'ha', 'hal', 'halo']) {
      search.change({ q });
    }
    expect(server.queries).toEqual([null, 'h']);
    expect(search.at(0)?.id).toBe('0');
    await server.answer();
    expect(server.queries).toEqual([null, 'h', 'halo']);
    expect(search.at(0)?.id).toBe('h0');
    expect(search.isCurrent).toBe(false);
    await server.answer();
    expect(search.at(0)?.id).toBe('halo0');
    expect(search.isCurrent).toBe(true);
  });

  it('aborts a slow request for the next one when the typing pauses', async () => {
    await begin();
    search.change({ q: 'h' });
    search.change({ q: 'ha' });
    await jest.advanceTimersByTimeAsync(60);
    search.change({ q: 'hal' });
    await jest.advanceTimersByTimeAsync(60);
    expect(server.queries).toEqual([null, 'h']);
    await jest.advanceTimersByTimeAsync(20);
    expect(server.queries).toEqual([null, 'h', 'hal']);
    expect(server.asked[1]?.signal.aborted).toBe(true);
    await server.answer({}, 2);
    await server.answer({}, 1);
    expect(search.at(0)?.id).toBe('hal0');
  });

  it('lets the server answer from memory for each key and page, but not for a refresh', async () => {
    await begin();
    search.change({ q: 'h' });
    search.change({ q: 'ha' });
    await server.answer();
    await server.answer();
    search.show(100, 110);
    await jest.advanceTimersByTimeAsync(50);
    void search.refresh();
    await jest.advanceTimersByTimeAsync(0);
    const ages = server.asked.map(({ query }) => query.get('max_age'));
    expect(ages).toEqual([null, '2', '2', '2', '2', null]);
    await server.answer();
  });

  it('has the facets counted while they are shown, once for a list', async () => {
    const facets = [{ facet: 'task' as const, values: [] }];
    await begin();
    search.hasFilters = true;
    await server.answer({ facets });
    search.show(100, 110);
    await jest.advanceTimersByTimeAsync(50);
    await server.answer();
    expect(search.answer?.facets).toEqual(facets);
    search.hasFilters = false;
    search.change({ q: 'h' });
    await server.answer();
    expect(search.answer?.facets).toEqual([]);
    const counted = server.asked.map(({ query }) => query.get('counts'));
    expect(counted).toEqual(['0', null, '0', '0', '0']);
  });

  it('requests nothing if nothing has changed', async () => {
    await begin();
    search.change({ q: '', facets: { format: [] } });
    expect(server.asked).toHaveLength(1);
  });

  it('loads the pages in sight, and the next one early', async () => {
    await begin();
    search.show(0, 10);
    await jest.advanceTimersByTimeAsync(50);
    expect(server.asked).toHaveLength(1);
    search.show(10, 20);
    await jest.advanceTimersByTimeAsync(50);
    expect(server.asked[1]?.query.get('offset')).toBe('40');
    await server.answer();
    expect(search.at(70)?.id).toBe('70');
    expect(search.at(0)?.id).toBe('0');
  });

  it('skips the pages that are scrolled past', async () => {
    await begin();
    for (const first of [200, 300, 400, 500, 620]) {
      search.show(first, first + 10);
      await jest.advanceTimersByTimeAsync(20);
    }
    await jest.advanceTimersByTimeAsync(100);
    expect(server.asked.map(({ query }) => query.get('offset'))).toEqual([
      '0',
      '600',
      '640'
    ]);
    search.show(0, 10);
    expect(server.asked[1]?.signal.aborted).toBe(true);
  });

  it('keeps up with a list that is scrolled without a pause', async () => {
    await begin();
    for (let first = 0; first < 100; first++) {
      search.show(first, first + 10);
      await jest.advanceTimersByTimeAsync(20);
      if (server.asked.length > 1) {
        await server.answer();
      }
      expect(search.at(first + 10)).not.toBeNull();
    }
  });

  it('begins a new search with its first page', async () => {
    await begin();
    search.show(640, 650);
    await jest.advanceTimersByTimeAsync(50);
    await server.answer();
    search.change({ q: 'halo' });
    await server.answer();
    expect(server.asked.map(({ query }) => query.get('offset'))).toEqual([
      '0',
      '600',
      '640',
      '0'
    ]);
    expect(search.at(640)).toBeNull();
  });

  it('drops the other pages when the list has changed', async () => {
    await begin();
    search.show(640, 650);
    await jest.advanceTimersByTimeAsync(50);
    await server.answer();
    expect(search.at(0)).not.toBeNull();
    server.total = 1001;
    void search.refresh();
    await jest.advanceTimersByTimeAsync(0);
    await server.answer();
    expect(server.asked[3]?.query.get('offset')).toBe('640');
    expect(search.answer?.total).toBe(1001);
    expect(search.at(650)).not.toBeNull();
    expect(search.at(0)).toBeNull();
  });

  it('keeps what it has, and says why there is nothing newer', async () => {
    await begin();
    void search.refresh();
    await jest.advanceTimersByTimeAsync(0);
    server.asked[1]?.fail(new CatalogError('no_connection', 'Away.'));
    await jest.advanceTimersByTimeAsync(0);
    expect(search.error?.code).toBe('no_connection');
    expect(search.at(0)?.id).toBe('0');
    void search.refresh();
    await jest.advanceTimersByTimeAsync(0);
    await server.answer();
    expect(search.error).toBeNull();
  });

  it('requests it again each second while the server is refreshing it', async () => {
    await begin({ is_refreshing: true });
    await jest.advanceTimersByTimeAsync(1000);
    expect(server.asked).toHaveLength(2);
    await server.answer();
    await jest.advanceTimersByTimeAsync(5000);
    expect(server.asked).toHaveLength(2);
  });

  it('does not request it again while it is hidden, or for ever', async () => {
    await begin({ is_refreshing: true });
    isVisible = false;
    await jest.advanceTimersByTimeAsync(5000);
    expect(server.asked).toHaveLength(1);
    isVisible = true;
    void search.refresh();
    await jest.advanceTimersByTimeAsync(0);
    for (let count = 0; count < 100; count++) {
      await server.answer({ is_refreshing: true });
      // The poll, too, asks once a minute.
      await jest.advanceTimersByTimeAsync(1000);
    }
    expect(server.asked.length).toBeLessThan(70);
  });

  it('does not reject when it is disposed of during a request', async () => {
    const refreshed = search.refresh();
    await jest.advanceTimersByTimeAsync(0);
    search.dispose();
    await expect(refreshed).resolves.toBeUndefined();
  });

  it('reads and writes the search as a query', async () => {
    search.query = 'q=halo&format=hdf5&unknown=1';
    expect(search.search.facets).toEqual({ format: ['hdf5'] });
    expect(search.query).toBe('q=halo&format=hdf5');
  });
});
