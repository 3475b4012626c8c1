import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';

import type { Rest } from './rest';

/**
 * What the practice Hub can be made to do wrong; `tests/practice_hub/faults.py` says how.
 */
export interface IFault {
  kind:
    | 'server_error'
    | 'drop_before'
    | 'drop_after'
    | 'slow'
    | 'too_many_requests';
  method?: string;
  /**
   * Glob over the path. One with the dataset's name in it spares the other tests.
   */
  path?: string;
  /**
   * How many requests it hits; null for all.
   */
  count?: number | null;
  seconds?: number;
}

/**
 * The practice Hub, over HTTP with its admin's token: what is really on it, and its faults.
 */
export class PracticeHub {
  private constructor(
    readonly url: string,
    private readonly _tokens: Readonly<Record<string, string>>
  ) {}

  /**
   * The token of an account with a role in the organization.
   */
  token(
    role: 'admin' | 'contributor' | 'read' | 'read_scope' | 'outsider'
  ): string {
    return this._tokens[role] ?? '';
  }

  /**
   * The one that a server's extension serves.
   */
  static async of(rest: Rest): Promise<PracticeHub> {
    const { hub, site } = await rest.get<{
      hub: { url: string };
      site: { catalog_root: string };
    }>('session');
    const file = join(dirname(site.catalog_root), 'hub', 'tokens.json');
    const { tokens } = JSON.parse(await readFile(file, 'utf-8'));
    return new PracticeHub(hub.url.replace(/\/$/, ''), tokens);
  }

  async fail(fault: IFault): Promise<void> {
    await this._ask('/practice/faults', {
      method: 'POST',
      body: JSON.stringify(fault)
    });
  }

  /**
   * Remove all faults.
   */
  async clearFaults(): Promise<void> {
    await this._ask('/practice/faults', { method: 'DELETE' });
  }

  /**
   * What was asked of it about a dataset, as `METHOD path`.
   */
  async requests(name: string): Promise<string[]> {
    const all =
      await this._json<{ method: string; path: string }[]>(
        '/practice/requests'
      );
    return all
      .filter(({ path }) => path.includes(name))
      .map(({ method, path }) => `${method} ${path}`);
  }

  /**
   * Whether there is a repository of that name.
   */
  async has(name: string): Promise<boolean> {
    return (await this._ask(`/api/datasets/NERSC/${name}`)).ok;
  }

  /**
   * Titles of the commits on `main`, the newest first.
   */
  async commits(name: string): Promise<string[]> {
    const commits = await this._json<{ title: string }[]>(
      `/api/datasets/NERSC/${name}/commits/main`
    );
    return commits.map(({ title }) => title);
  }

  /**
   * The card on `main`.
   */
  async card(name: string): Promise<string> {
    const answer = await this._ask(
      `/datasets/NERSC/${name}/resolve/main/README.md`
    );
    return answer.text();
  }

  /**
   * Numbers of the pull requests that are open.
   */
  async pullRequests(name: string): Promise<number[]> {
    const { discussions } = await this._json<{
      discussions: { num: number; isPullRequest: boolean; status: string }[];
    }>(`/api/datasets/NERSC/${name}/discussions`);
    return discussions
      .filter(({ isPullRequest, status }) => isPullRequest && status === 'open')
      .map(({ num }) => num);
  }

  /**
   * Make a repository of the organization's by hand, with nothing but a card.
   */
  async create(name: string, card: string): Promise<void> {
    const answer = await this._ask('/api/repos/create', {
      method: 'POST',
      body: JSON.stringify({ name, organization: 'NERSC', type: 'dataset' })
    });
    if (!answer.ok) {
      throw new Error(`${name}: ${answer.status} ${await answer.text()}`);
    }
    await this.writeCard(name, card);
  }

  /**
   * Write a card there by hand.
   */
  async writeCard(name: string, text: string): Promise<void> {
    await this.write(name, 'README.md', text);
  }

  /**
   * Write a file there by hand.
   */
  async write(name: string, path: string, text: string): Promise<void> {
    const content = Buffer.from(text).toString('base64');
    const lines = [
      { key: 'header', value: { summary: `Edit ${path}`, description: '' } },
      {
        key: 'file',
        value: { path, content, encoding: 'base64' }
      }
    ];
    const answer = await this._ask(`/api/datasets/NERSC/${name}/commit/main`, {
      method: 'POST',
      body: lines.map(line => JSON.stringify(line)).join('\n')
    });
    if (!answer.ok) {
      throw new Error(`${name}: ${answer.status} ${await answer.text()}`);
    }
  }

  private async _json<T>(path: string): Promise<T> {
    const answer = await this._ask(path);
    if (!answer.ok) {
      throw new Error(`${path}: ${answer.status} ${await answer.text()}`);
    }
    return (await answer.json()) as T;
  }

  private _ask(path: string, init: RequestInit = {}): Promise<Response> {
    return fetch(this.url + path, {
      ...init,
      headers: {
        Authorization: `Bearer ${this.token('admin')}`,
        'Content-Type': 'application/json'
      }
    });
  }
}
