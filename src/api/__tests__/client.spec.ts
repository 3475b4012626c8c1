import { ServerConnection } from '@jupyterlab/services';
import { nullTranslator } from '@jupyterlab/translation';

import { CatalogClient, requestAPI } from '../client';

const trans = nullTranslator.load('huggingnersc_lab');

/**
 * Settings whose `fetch` answers as told and notes what it was asked.
 */
function answering(answer: () => Promise<Response>) {
  const asked: Request[] = [];
  const serverSettings = ServerConnection.makeSettings({
    baseUrl: 'http://localhost:8888/user/alice/',
    token: 'secret',
    appendToken: false,
    fetch: async (request: RequestInfo | URL) => {
      asked.push(request as Request);
      return answer();
    }
  });
  return { asked, serverSettings };
}

const respond = (body: string, status = 200) =>
  answering(async () => new Response(body, { status }));

describe('CatalogClient', () => {
  it('asks for the session below the base URL, with the token', async () => {
    const { asked, serverSettings } = respond('{"version": "0.1.0"}');
    const session = await new CatalogClient(serverSettings, trans).getSession();
    expect(session).toEqual({ version: '0.1.0' });
    expect(asked).toHaveLength(1);
    expect(asked[0]?.method).toBe('GET');
    // JupyterLab adds a time stamp that keeps caches away.
    expect(asked[0]?.url.split('?')[0]).toBe(
      'http://localhost:8888/user/alice/huggingnersc-lab/session'
    );
    expect(asked[0]?.headers.get('Authorization')).toBe('token secret');
  });
});

describe('requestAPI', () => {
  it('sends method and body as given', async () => {
    const { asked, serverSettings } = respond('{}');
    await requestAPI('drafts/7', serverSettings, trans, {
      method: 'PUT',
      body: '{"name": "iris"}'
    });
    expect(asked[0]?.method).toBe('PUT');
    expect(await asked[0]?.text()).toBe('{"name": "iris"}');
  });

  it('gives undefined for an empty answer', async () => {
    const { serverSettings } = respond('');
    expect(await requestAPI('drafts/7', serverSettings, trans)).toBeUndefined();
  });

  it('throws the problem that the server states', async () => {
    const { serverSettings } = respond(
      '{"code": "conflict", "detail": "The name is taken."}',
      409
    );
    await expect(
      requestAPI('records/iris', serverSettings, trans)
    ).rejects.toThrow(
      expect.objectContaining({
        code: 'conflict',
        detail: 'The name is taken.'
      })
    );
  });

  it('tells a lost connection from a refusal', async () => {
    const { serverSettings } = answering(() =>
      Promise.reject(new TypeError('Failed to fetch'))
    );
    await expect(requestAPI('session', serverSettings, trans)).rejects.toThrow(
      expect.objectContaining({ code: 'no_connection' })
    );
  });

  it('does not take a login page for an answer', async () => {
    const { serverSettings } = respond('<!doctype html><title>Sign in</title>');
    await expect(requestAPI('session', serverSettings, trans)).rejects.toThrow(
      expect.objectContaining({ code: 'unexpected' })
    );
  });
});
