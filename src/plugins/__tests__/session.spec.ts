import type { JupyterFrontEnd } from '@jupyterlab/application';
import { ServerConnection } from '@jupyterlab/services';
import type { ISettingRegistry } from '@jupyterlab/settingregistry';

import { sessionAnswer } from '../../api/__tests__/answers';
import { sessionPlugin } from '../session';

const settled = () => new Promise(resolve => setTimeout(resolve));

/**
 * The plugin with a server that answers as told, after JupyterLab has started.
 */
async function started(answer: () => Response, checkServer = true) {
  const fetch = jest.fn(async () => answer());
  const app = {
    restored: Promise.resolve(),
    serviceManager: {
      serverSettings: ServerConnection.makeSettings({ fetch })
    }
  } as unknown as JupyterFrontEnd;
  const registry = {
    load: async () => ({ get: () => ({ composite: checkServer }) })
  } as unknown as ISettingRegistry;
  const warn = jest.spyOn(console, 'warn').mockImplementation();
  const session = await sessionPlugin.activate(app, registry, null);
  await settled();
  const warnings = warn.mock.calls.map(([message]) => String(message));
  warn.mockRestore();
  return { session, fetch, warnings };
}

const answerOf = (version: string) => () =>
  new Response(JSON.stringify(sessionAnswer({ version })));

describe('the plugin for the session', () => {
  it('checks the server once, silently if all is well', async () => {
    const { version } = jest.requireActual<{ version: string }>(
      '../../../package.json'
    );
    const { session, fetch, warnings } = await started(answerOf(version));
    expect(session.state).toBe('ready');
    expect(fetch).toHaveBeenCalledTimes(1);
    expect(warnings).toEqual([]);
  });

  it('says that the versions do not match', async () => {
    const { session, warnings } = await started(answerOf('0.0.1'));
    expect(session.state).toBe('mismatch');
    expect(warnings[0]).toContain('0.0.1');
  });

  it('says that the server extension is missing', async () => {
    const missing = () => new Response('', { status: 404 });
    const { session, warnings } = await started(missing);
    expect(session.state).toBe('failed');
    expect(warnings[0]).toContain('Install the Python package');
  });

  it('checks nothing if the user does not want it', async () => {
    const { session, fetch } = await started(answerOf('0.0.1'), false);
    expect(session.state).toBe('unchecked');
    expect(fetch).not.toHaveBeenCalled();
  });
});
