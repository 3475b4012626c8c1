import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, open, readFile, rm } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/**
 * A Jupyter server of a test's own, which can go away and come back.
 */
export class LabServer {
  private constructor(
    private readonly _port: number,
    private readonly _folder: string,
    private readonly _baseUrl: string
  ) {}

  /**
   * Make one, with a practice Hub of its own, and start it.
   *
   * @param baseUrl - What its addresses begin with, as below a JupyterHub.
   */
  static async create(baseUrl = '/'): Promise<LabServer> {
    const folder = await mkdtemp(join(tmpdir(), 'huggingnersc-ui-tests-'));
    const server = new LabServer(await freePort(), folder, baseUrl);
    await server.start();
    return server;
  }

  get url(): string {
    return `http://localhost:${this._port}${this._baseUrl.replace(/\/$/, '')}`;
  }

  async start(): Promise<void> {
    const log = join(this._folder, 'server.log');
    const output = await open(log, 'w');
    const server = spawn(
      'jupyter',
      ['lab', '--config', 'jupyter_server_test_config.py'],
      {
        cwd: join(__dirname, '..'),
        env: {
          ...process.env,
          UI_TESTS_PORT: String(this._port),
          UI_TESTS_SITE: this._folder,
          UI_TESTS_BASE_URL: this._baseUrl
        },
        stdio: ['ignore', output.fd, output.fd]
      }
    );
    await output.close();
    this._process = server;
    while (!(await this._answers())) {
      if (server.exitCode !== null) {
        throw new Error(`The server ended: ${await readFile(log, 'utf-8')}`);
      }
      await new Promise(resolve => setTimeout(resolve, 200));
    }
  }

  async stop(): Promise<void> {
    const server = this._process;
    if (server?.exitCode === null) {
      const gone = once(server, 'exit');
      server.kill('SIGTERM');
      await gone;
    }
  }

  /**
   * Stop it and remove all that it made.
   */
  async dispose(): Promise<void> {
    await this.stop();
    await rm(this._folder, { recursive: true, force: true });
  }

  private async _answers(): Promise<boolean> {
    try {
      return (await fetch(`${this.url}/huggingnersc-lab/session`)).ok;
    } catch {
      return false;
    }
  }

  private _process: ChildProcess | null = null;
}

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const { port } = probe.address() as AddressInfo;
  probe.close();
  await once(probe, 'close');
  return port;
}
