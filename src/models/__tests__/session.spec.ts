import { CatalogError } from '../../errors';
import { CatalogSession } from '../session';

describe('CatalogSession', () => {
  it('is unchecked until someone asks', () => {
    const getSession = jest.fn();
    const session = new CatalogSession({ getSession }, '0.1.0');
    expect(session.state).toBe('unchecked');
    expect(getSession).not.toHaveBeenCalled();
  });

  it('asks once however often it is asked', async () => {
    const getSession = jest.fn(async () => ({ version: '0.1.0' }));
    const session = new CatalogSession({ getSession }, '0.1.0');
    const changed = jest.fn();
    session.stateChanged.connect(changed);
    await Promise.all([session.check(), session.check()]);
    await session.check();
    expect(session.state).toBe('ready');
    expect(session.error).toBeNull();
    expect(getSession).toHaveBeenCalledTimes(1);
    expect(changed).toHaveBeenCalledTimes(1);
  });

  it('sees a server of another version', async () => {
    const getSession = async () => ({ version: '0.2.0' });
    const session = new CatalogSession({ getSession }, '0.1.0');
    await session.check();
    expect(session.state).toBe('mismatch');
    expect(session.serverVersion).toBe('0.2.0');
  });

  it('keeps the error of a server that does not answer', async () => {
    const error = new CatalogError('no_extension', 'Install it.');
    const getSession = () => Promise.reject(error);
    const session = new CatalogSession({ getSession }, '0.1.0');
    await session.check();
    expect(session.state).toBe('failed');
    expect(session.error).toBe(error);
  });

  it('never rejects, even for an error of another kind', async () => {
    const getSession = () => Promise.reject(new RangeError('odd'));
    const session = new CatalogSession({ getSession }, '0.1.0');
    await session.check();
    expect(session.error?.code).toBe('unexpected');
    expect(session.error?.detail).toContain('odd');
  });
});
