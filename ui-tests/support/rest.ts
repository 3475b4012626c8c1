import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { expect, type APIRequestContext } from '@playwright/test';

/**
 * One job, as far as the tests read it.
 */
export interface IJob {
  id: string;
  name: string;
  kind: string;
  state: 'queued' | 'held' | 'running' | 'succeeded' | 'failed' | 'cancelled';
  kept: boolean;
  error?: { code: string; detail: string };
}

/**
 * One draft, as far as the tests read it.
 */
export interface IDraft {
  id: string;
  etag: string;
  content: { title: string; values: Record<string, unknown> };
}

/**
 * The server extension, asked without the panel: to lay out what a test begins with, and to see
 * what the panel has really done.
 */
export class Rest {
  constructor(private readonly _request: APIRequestContext) {}

  async get<T>(path: string): Promise<T> {
    const answer = await this._request.get(`/huggingnersc-lab/${path}`);
    if (!answer.ok()) {
      throw new Error(`GET ${path}: ${answer.status()} ${await answer.text()}`);
    }
    return answer.json();
  }

  async send<T>(
    method: 'POST' | 'PUT' | 'DELETE',
    path: string,
    data?: object,
    headers: Record<string, string> = {}
  ): Promise<T> {
    const answer = await this._request.fetch(`/huggingnersc-lab/${path}`, {
      method,
      headers,
      ...(data && { data })
    });
    if (!answer.ok()) {
      throw new Error(
        `${method} ${path}: ${answer.status()} ${await answer.text()}`
      );
    }
    const text = await answer.text();
    return (text === '' ? undefined : JSON.parse(text)) as T;
  }

  /**
   * Whether the catalog has a dataset of that name.
   */
  async has(name: string): Promise<boolean> {
    const answer = await this._request.get(`/huggingnersc-lab/records/${name}`);
    if (!answer.ok() && answer.status() !== 404) {
      throw new Error(`${name}: ${answer.status()} ${await answer.text()}`);
    }
    return answer.ok();
  }

  /**
   * Wait until a search finds so many datasets: a busy machine answers with what it knew before.
   */
  async found(query: string, count: number): Promise<void> {
    await expect
      .poll(async () => {
        const page = await this.get<{ datasets: object[] }>(
          `datasets?q=${encodeURIComponent(query)}`
        );
        return page.datasets.length;
      })
      .toBeGreaterThanOrEqual(count);
  }

  /**
   * The newest job about a dataset.
   */
  async job(name: string): Promise<IJob | undefined> {
    const { jobs } = await this.get<{ jobs: IJob[] }>('jobs');
    return jobs.find(job => job.name === name);
  }

  /**
   * The drafts with a nickname, whole.
   */
  async drafts(name: string): Promise<IDraft[]> {
    const { drafts } = await this.get<{
      drafts: { id: string; name?: string }[];
    }>('drafts');
    return Promise.all(
      drafts
        .filter(draft => draft.name === name)
        .map(({ id }) => this.get<IDraft>(`drafts/${id}`))
    );
  }

  /**
   * Put a dataset into the catalog and on the practice Hub.
   */
  async publish(
    values: Record<string, unknown> & { name: string },
    scripts: { loader_path?: string; batch_script_path?: string } = {}
  ): Promise<void> {
    const draft = await this.send<IDraft>('POST', 'drafts', {
      values: {
        pretty_name: values.name,
        size_categories: ['n<1K'],
        ...values
      },
      ...scripts
    });
    await this._do({ kind: 'publish', draft_id: draft.id });
  }

  /**
   * Change a dataset of the catalog, as another person would.
   *
   * @param change - What else is written into it.
   * @param loaderPath - Another loader script, as a contents path.
   */
  async update(
    name: string,
    change: Record<string, unknown>,
    loaderPath?: string
  ): Promise<void> {
    const { id, etag, content } = await this.send<IDraft>(
      'POST',
      `records/${name}/drafts`
    );
    await this.send(
      'PUT',
      `drafts/${id}`,
      {
        ...content,
        values: { ...content.values, ...change },
        ...(loaderPath && { loader_path: loaderPath })
      },
      { 'If-Match': etag }
    );
    await this._do({ kind: 'update', draft_id: id });
  }

  /**
   * Take a dataset out of the catalog.
   */
  async retire(name: string): Promise<void> {
    await this._do({ kind: 'retire', name, from_hub: false });
  }

  /**
   * Change the file of a record in the catalog by hand.
   *
   * @param folder - The entry's folder.
   */
  async rewriteRecord(
    folder: string,
    change: Record<string, unknown>
  ): Promise<void> {
    const file = join(folder, 'record.json');
    const record = JSON.parse(await readFile(file, 'utf-8'));
    await writeFile(file, JSON.stringify({ ...record, ...change }));
  }

  private async _do(order: object): Promise<void> {
    const { id, name } = await this.send<IJob>('POST', 'jobs', order);
    const job = await this._ended(id);
    if (job.state !== 'succeeded') {
      throw new Error(
        `${name}: ${JSON.stringify(order)}: ${job.error?.detail}`
      );
    }
  }

  /**
   * Follow the stream of events until a job has ended.
   */
  private async _ended(id: string): Promise<IJob> {
    for (;;) {
      const job = await this.get<IJob>(`jobs/${id}`);
      if (job.state !== 'queued' && job.state !== 'running') {
        return job;
      }
      await new Promise(resolve => setTimeout(resolve, 100));
    }
  }
}
