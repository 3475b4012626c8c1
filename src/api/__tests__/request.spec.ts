import { nullTranslator } from '@jupyterlab/translation';

import { requestAPI } from '../request';
import { answering, respond } from './answering';

const trans = nullTranslator.load('huggingnersc_lab');

describe('requestAPI', () => {
  it('sends method and body as given', async () => {
    const { requests, serverSettings } = respond('{}');
    await requestAPI('drafts/7', serverSettings, trans, {
      method: 'PUT',
      body: '{"name": "iris"}'
    });
    expect(requests[0]?.method).toBe('PUT');
    expect(await requests[0]?.text()).toBe('{"name": "iris"}');
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
