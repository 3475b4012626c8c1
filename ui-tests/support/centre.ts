import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { test as panelTest } from './test';

export { expect } from './test';

/**
 * A test on a site that is no practice: a centre with a Hub of its own, where nobody is signed in
 * and nothing is cataloged at first.
 */
export const test = panelTest.extend<object, { centreUrl: string }>({
  centreUrl: [
    // eslint-disable-next-line no-empty-pattern
    async ({}, use) => {
      const folder = await mkdtemp(join(tmpdir(), 'huggingnersc-centre-'));
      const port = String(Number(process.env.UI_TESTS_PORT ?? '8899') + 40);
      const url = `http://localhost:${port}`;
      const server = spawn(
        'jupyter',
        ['lab', '--config', 'centre_server_config.py'],
        {
          env: { ...process.env, UI_TESTS_PORT: port, UI_TESTS_SITE: folder },
          stdio: 'ignore'
        }
      );
      const ended = once(server, 'exit');
      await answering(`${url}/api`);
      await use(url);
      server.kill('SIGTERM');
      await ended;
      await rm(folder, { recursive: true, force: true });
    },
    { scope: 'worker', timeout: 120_000 }
  ],
  baseURL: async ({ centreUrl }, use) => use(centreUrl)
});

async function answering(url: string): Promise<void> {
  for (;;) {
    const answer = await fetch(url).catch(() => null);
    if (answer?.ok) {
      return;
    }
    await new Promise(resolve => setTimeout(resolve, 200));
  }
}
