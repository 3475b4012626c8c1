import { PageLoader } from '../pageLoader';

beforeEach(() => jest.useFakeTimers());
afterEach(() => jest.useRealTimers());

/**
 * A loader whose pages are there only once `answer` was called.
 */
function loaderOf(isReady = () => true) {
  const pages = new Set<number>();
  const requests: { page: number; signal: AbortSignal; answer: () => void }[] =
    [];
  const loader = new PageLoader({
    isReady,
    has: page => pages.has(page),
    load: (page, signal) =>
      new Promise(resolve => {
        const answer = (): void => {
          pages.add(page);
          resolve();
        };
        requests.push({ page, signal, answer });
      })
  });
  return { loader, requests };
}

const pause = () => jest.advanceTimersByTimeAsync(50);

describe('PageLoader', () => {
  it('loads pages that stay in sight, each once', async () => {
    const { loader, requests } = loaderOf();
    loader.want(new Set([0, 1]));
    await pause();
    loader.want(new Set([1, 2]));
    await pause();
    expect(requests.map(({ page }) => page)).toEqual([0, 1, 2]);
    requests[1]?.answer();
    loader.want(new Set([1]));
    await pause();
    expect(requests).toHaveLength(3);
  });

  it('skips pages that are scrolled past, and aborts requests out of sight', async () => {
    const { loader, requests } = loaderOf();
    loader.want(new Set([0]));
    await pause();
    for (const page of [5, 6, 7]) {
      loader.want(new Set([page]));
      await jest.advanceTimersByTimeAsync(20);
    }
    await jest.advanceTimersByTimeAsync(100);
    expect(requests.map(({ page }) => page)).toEqual([0, 7]);
    expect(requests[0]?.signal.aborted).toBe(true);
    expect(requests[1]?.signal.aborted).toBe(false);
  });

  it('waits until it is ready, and stops when it is disposed of', async () => {
    let isReady = false;
    const { loader, requests } = loaderOf(() => isReady);
    loader.want(new Set([0]));
    await pause();
    expect(requests).toHaveLength(0);
    isReady = true;
    loader.want(new Set([0]));
    await pause();
    loader.want(new Set([0, 1]));
    loader.dispose();
    await pause();
    expect(requests.map(({ page }) => page)).toEqual([0]);
    expect(requests[0]?.signal.aborted).toBe(true);
  });
});
