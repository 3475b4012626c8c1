import { entryAnswer } from '../../api/__tests__/answers';
import type { IEntry } from '../../types/api';
import { CatalogError } from '../../types/errors';
import { AsyncResource } from '../asyncResource';

/**
 * Wait for what was started and not awaited.
 */
const settled = () => new Promise(resolve => setTimeout(resolve));

describe('AsyncResource', () => {
  it('keeps the answer to what was asked last, whichever comes first', async () => {
    const answers: ((entry: IEntry) => void)[] = [];
    const resource = new AsyncResource(
      () => new Promise<IEntry>(resolve => answers.push(resolve)),
      () => undefined
    );
    const first = resource.load();
    const second = resource.load();
    const last = entryAnswer({ etag: 'last' });
    answers[0]?.(entryAnswer({ etag: 'first' }));
    await settled();
    expect(resource.value).toBeNull();
    answers[1]?.(last);
    // The first call waits for the last answer too.
    await first;
    expect(resource.value).toBe(last);
    await second;
    expect(resource.isLoading).toBe(false);
  });

  it('keeps what was answered when it fails later, unless that is gone', async () => {
    const fetch = jest.fn(async () => 'old');
    const resource = new AsyncResource(fetch, () => undefined);
    await resource.load();
    fetch.mockRejectedValueOnce(new CatalogError('no_connection', 'Away.'));
    await resource.load();
    expect(resource.value).toBe('old');
    expect(resource.error?.code).toBe('no_connection');
    fetch.mockRejectedValueOnce(new CatalogError('not_found', 'Retired.'));
    await resource.load();
    expect(resource.value).toBeNull();
  });

  it('says each change, and forgets an answer that is on its way', async () => {
    const changed = jest.fn();
    const resource = new AsyncResource(async () => 'late', changed);
    const loading = resource.load();
    expect(resource.isLoading).toBe(true);
    expect(changed).toHaveBeenCalledTimes(1);
    resource.reset();
    await loading;
    expect(resource.value).toBeNull();
    expect(resource.isLoading).toBe(false);
  });

  it('loads once, and shares a request under way', async () => {
    const fetch = jest.fn(async () => 'value');
    const resource = new AsyncResource(fetch, () => undefined);
    await Promise.all([resource.loadOnce(), resource.loadOnce()]);
    await resource.loadOnce();
    expect(fetch).toHaveBeenCalledTimes(1);
    expect(resource.value).toBe('value');
  });
});
