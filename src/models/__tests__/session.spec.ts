import { nullTranslator } from '@jupyterlab/translation';

import { sessionAnswer } from '../../api/__tests__/answers';
import { CatalogError } from '../../types/errors';
import { CatalogSession, type SessionClient } from '../session';

const trans = nullTranslator.load('huggingnersc_lab');

function clientWith(part: Partial<SessionClient>): SessionClient {
  const refuse = (): never => {
    throw new Error('This was not to be asked.');
  };
  return {
    getSession: refuse,
    signIn: refuse,
    signOut: refuse,
    startDeviceSignIn: refuse,
    getDeviceSignIn: refuse,
    ...part
  };
}

describe('CatalogSession', () => {
  it('is unchecked until someone asks', () => {
    const getSession = jest.fn();
    const session = new CatalogSession(
      clientWith({ getSession }),
      '0.1.0',
      trans
    );
    expect(session.state).toBe('unchecked');
    expect(getSession).not.toHaveBeenCalled();
  });

  it('asks once however often it is asked', async () => {
    const getSession = jest.fn(async () => sessionAnswer());
    const session = new CatalogSession(
      clientWith({ getSession }),
      '0.1.0',
      trans
    );
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
    const getSession = async () => sessionAnswer({ version: '0.2.0' });
    const session = new CatalogSession(
      clientWith({ getSession }),
      '0.1.0',
      trans
    );
    await session.check();
    expect(session.state).toBe('mismatch');
    expect(session.serverVersion).toBe('0.2.0');
  });

  it.each([null, false])(
    'asks again until the Hub answers (%s)',
    async reachable => {
      jest.useFakeTimers();
      const later = sessionAnswer();
      const getSession = jest
        .fn(async () => later)
        .mockResolvedValueOnce({
          ...later,
          account: null,
          hub: { ...later.hub, reachable }
        });
      const session = new CatalogSession(
        clientWith({ getSession }),
        '0.1.0',
        trans
      );
      await session.check();
      expect(session.info?.account).toBeNull();
      await jest.advanceTimersByTimeAsync(5000);
      expect(session.info?.account).toEqual(later.account);
      await jest.advanceTimersByTimeAsync(120_000);
      expect(getSession).toHaveBeenCalledTimes(2);
      jest.useRealTimers();
    }
  );

  it('keeps the error of a server that does not answer, and can ask again', async () => {
    const error = new CatalogError('no_extension', 'Install it.');
    const getSession = jest
      .fn(async () => sessionAnswer())
      .mockRejectedValueOnce(error);
    const session = new CatalogSession(
      clientWith({ getSession }),
      '0.1.0',
      trans
    );
    await session.check();
    expect(session.state).toBe('failed');
    expect(session.error).toBe(error);
    await session.refresh();
    expect(session.state).toBe('ready');
    expect(session.error).toBeNull();
  });

  it('never rejects, even for an error of another kind', async () => {
    const getSession = () => Promise.reject(new RangeError('odd'));
    const session = new CatalogSession(
      clientWith({ getSession }),
      '0.1.0',
      trans
    );
    await session.check();
    expect(session.error?.code).toBe('unexpected');
    expect(session.error?.detail).toContain('odd');
  });

  it('keeps who one is when a token is refused', async () => {
    const session = new CatalogSession(
      clientWith({
        getSession: async () => sessionAnswer(),
        signIn: () => Promise.reject(new CatalogError('forbidden', 'No.'))
      }),
      '0.1.0',
      trans
    );
    await session.check();
    expect(await session.signIn('hf_x')).toBe(false);
    expect(session.signInError?.detail).toBe('No.');
    expect(session.info?.account?.name).toBe('alice');
    expect(session.busy).toBe(false);
  });

  it('signs in with a code, and loads the account', async () => {
    jest.useFakeTimers();
    const states: ('pending' | 'done')[] = ['pending', 'done'];
    const session = new CatalogSession(
      clientWith({
        getSession: async () => sessionAnswer(),
        startDeviceSignIn: async () => ({
          id: 'd',
          user_code: 'AB-CD',
          verification_uri: 'https://hub.example/device',
          expires_in: 60,
          interval: 5
        }),
        getDeviceSignIn: async () => ({ state: states.shift() ?? 'expired' })
      }),
      '0.1.0',
      trans
    );
    const done = session.signInWithCode();
    await jest.advanceTimersByTimeAsync(4900);
    expect(session.device?.user_code).toBe('AB-CD');
    expect(states).toHaveLength(2);
    await jest.advanceTimersByTimeAsync(6000);
    jest.useRealTimers();
    expect(await done).toBe(true);
    expect(session.device).toBeNull();
    expect(session.info?.account?.name).toBe('alice');
  });
});
