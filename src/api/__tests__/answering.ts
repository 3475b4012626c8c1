import { ServerConnection } from '@jupyterlab/services';

/**
 * Server settings whose `fetch` answers as told, and the requests that it received.
 */
export function answering(answer: () => Promise<Response>) {
  const requests: Request[] = [];
  const serverSettings = ServerConnection.makeSettings({
    baseUrl: 'http://localhost:8888/user/alice/',
    token: 'secret',
    appendToken: false,
    fetch: async (request: RequestInfo | URL) => {
      requests.push(request as Request);
      return answer();
    }
  });
  return { requests, serverSettings };
}

export const respond = (body: string, status = 200) =>
  answering(async () => new Response(body, { status }));
