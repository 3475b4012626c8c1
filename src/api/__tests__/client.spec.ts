import { nullTranslator } from '@jupyterlab/translation';

import { CatalogClient } from '../client';
import { respond } from './answering';
import { draftAnswer } from './answers';

const trans = nullTranslator.load('huggingnersc_lab');

describe('CatalogClient', () => {
  it('asks for the session below the base URL, with the token', async () => {
    const { requests, serverSettings } = respond('{"version": "0.1.0"}');
    const session = await new CatalogClient(serverSettings, trans).getSession();
    expect(session).toEqual({ version: '0.1.0' });
    expect(requests).toHaveLength(1);
    expect(requests[0]?.method).toBe('GET');
    // JupyterLab adds a time stamp that keeps caches away.
    expect(requests[0]?.url.split('?')[0]).toBe(
      'http://localhost:8888/user/alice/huggingnersc-lab/session'
    );
    expect(requests[0]?.headers.get('Authorization')).toBe('token secret');
  });

  it.each([
    [
      'search',
      (client: CatalogClient) => client.searchDatasets('q=halo'),
      'GET datasets?q=halo'
    ],
    [
      'facet',
      (client: CatalogClient) => client.searchFacet('task', 'a&b', 'q=x'),
      'GET facets/task?q=x&contains=a%26b'
    ],
    [
      'access',
      (client: CatalogClient) => client.checkAccess(['iris', 'a b'], true),
      'GET access?name=iris&name=a%20b&check=1'
    ],
    [
      'draft',
      (client: CatalogClient) => client.deleteDraft('7'),
      'DELETE drafts/7'
    ],
    [
      'entry',
      (client: CatalogClient) => client.getEntry('a/b'),
      'GET records/a%2Fb'
    ]
  ])('sends the request for a %s', async (_, send, expected) => {
    const { requests, serverSettings } = respond('{}');
    await send(new CatalogClient(serverSettings, trans));
    const url = decodedPath(requests[0]?.url ?? '');
    expect(`${requests[0]?.method} ${url}`).toBe(expected);
  });

  it('names the draft version that a write replaces', async () => {
    const { requests, serverSettings } = respond('{}');
    const { content } = draftAnswer();
    await new CatalogClient(serverSettings, trans).writeDraft(
      '7',
      content,
      'e'
    );
    expect(requests[0]?.headers.get('If-Match')).toBe('e');
    expect(JSON.parse((await requests[0]?.text()) ?? '')).toEqual(content);
  });

  it('puts the token into the address of the event stream only where JupyterLab does', () => {
    const { serverSettings } = respond('{}');
    const plain = new CatalogClient(serverSettings, trans);
    expect(plain.jobEventsUrl).toBe(
      'http://localhost:8888/user/alice/huggingnersc-lab/jobs/events'
    );
    const appended = { ...serverSettings, appendToken: true };
    expect(new CatalogClient(appended, trans).jobEventsUrl).toBe(
      `${plain.jobEventsUrl}?token=secret`
    );
  });
});

/**
 * The path below the extension's, without the time stamp that JupyterLab adds to keep caches away.
 */
function decodedPath(url: string): string {
  return url
    .replace('http://localhost:8888/user/alice/huggingnersc-lab/', '')
    .replace(/[?&]\d+$/, '');
}
