import type { IAccess } from '../../types/api';
import { CatalogError } from '../../types/errors';
import { AccessModel } from '../access';

const OPEN: IAccess = { status: 'readable' };

type Answer = (
  names: readonly string[]
) => Promise<{ access: Record<string, IAccess> }>;

const all = (names: readonly string[]) => ({
  access: Object.fromEntries(names.map(name => [name, OPEN]))
});

function modelOver(answer: Answer = async names => all(names)) {
  const checkAccess = jest.fn(answer);
  return { access: new AccessModel({ checkAccess }), checkAccess };
}

beforeEach(() => void jest.useFakeTimers());
afterEach(() => void jest.useRealTimers());

const pass = (milliseconds: number) =>
  jest.advanceTimersByTimeAsync(milliseconds);

describe('AccessModel', () => {
  it('asks once, for those on which the list came to rest', async () => {
    const { access, checkAccess } = modelOver();
    access.want(['a', 'b']);
    await pass(50);
    access.want(['c', 'd']);
    await pass(100);
    expect(checkAccess.mock.calls).toEqual([[['c', 'd']]]);
    expect(access.get('c')).toBe(OPEN);
    expect(access.get('a')).toBeUndefined();
    access.want(['c', 'd']);
    await pass(100);
    expect(checkAccess).toHaveBeenCalledTimes(1);
  });

  it('does not check twice what has no result', async () => {
    const { access, checkAccess } = modelOver(async () => ({ access: {} }));
    access.want(['gone']);
    await pass(100);
    expect(access.get('gone')).toBeNull();
    access.want(['gone']);
    await pass(100);
    expect(checkAccess).toHaveBeenCalledTimes(1);
  });

  it('asks one question at a time, the next for what is in sight then', async () => {
    let answer = (): void => undefined;
    const { access, checkAccess } = modelOver(async names => {
      await new Promise<void>(resolve => (answer = resolve));
      return all(names);
    });
    access.want(['slow']);
    await pass(100);
    access.want(['passed']);
    await pass(100);
    access.want(['seen']);
    await pass(100);
    expect(checkAccess).toHaveBeenCalledTimes(1);
    answer();
    await pass(0);
    expect(checkAccess.mock.calls[1]).toEqual([['seen']]);
  });

  it('checks again after some minutes, and keeps the old results until then', async () => {
    const { access, checkAccess } = modelOver();
    access.want(['a']);
    await pass(100);
    access.refresh();
    expect(access.get('a')).toBe(OPEN);
    await pass(100);
    expect(checkAccess).toHaveBeenCalledTimes(2);
    await pass(300_000);
    access.want(['a']);
    await pass(100);
    expect(checkAccess).toHaveBeenCalledTimes(3);
  });

  it('waits a while after an error', async () => {
    const { access, checkAccess } = modelOver();
    checkAccess.mockRejectedValueOnce(new CatalogError('no_connection', ''));
    access.want(['a']);
    await pass(100);
    access.want(['a']);
    await pass(100);
    expect(checkAccess).toHaveBeenCalledTimes(1);
    expect(access.get('a')).toBeUndefined();
    await pass(15_000);
    access.want(['a']);
    await pass(100);
    expect(access.get('a')).toBe(OPEN);
  });
});
