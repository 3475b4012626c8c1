import { ISignal, Signal } from '@lumino/signaling';

import type { CatalogClient } from '../api/client';
import { EventStream, type IEventSource } from '../api/events';
import type { IForgottenJob, IJob, IJobLog, IJobOrder } from '../types/api';
import { asCatalogError, CatalogError } from '../types/errors';
import { AsyncResource } from './asyncResource';
import { hasEnded } from '../types/jobs';

export type JobsClient = Pick<
  CatalogClient,
  'listJobs' | 'startJob' | 'deleteJob' | 'getJobLog' | 'jobEventsUrl'
>;

/**
 * Whether a job may still change by itself.
 */
export function isActive(job: IJob): boolean {
  return !hasEnded(job);
}

/**
 * The person's jobs, wherever they were begun. One event stream tells of all of them, while any is
 * at work or somebody looks at the panel.
 */
export class JobsModel {
  /**
   * @param client - Whom to ask.
   * @param open - How an event stream is opened; the browser's way by default.
   */
  constructor(
    private readonly _client: JobsClient,
    private readonly _open?: (url: string) => IEventSource
  ) {}

  /**
   * The newest first.
   */
  get jobs(): readonly IJob[] {
    return [...this._jobs.values()].sort((a, b) =>
      b.created_at.localeCompare(a.created_at)
    );
  }

  /**
   * Whether the jobs were read at least once.
   */
  get isLoaded(): boolean {
    return this._isLoaded;
  }

  /**
   * Whether somebody looks at the panel, who wants to see what is begun elsewhere.
   */
  set isWatched(value: boolean) {
    if (value !== this._isWatched) {
      this._isWatched = value;
      this._openOrClose();
    }
  }

  /**
   * Whether changes come in; false while the connection is lost.
   */
  get isConnected(): boolean {
    return this._isConnected;
  }

  /**
   * Why the list of jobs could not be read.
   */
  get listError(): CatalogError | null {
    return this._listError;
  }

  /**
   * Why the last job was not begun.
   */
  get startError(): CatalogError | null {
    return this._startError;
  }

  /**
   * Why the last job was not cancelled or forgotten.
   */
  get cancelError(): CatalogError | null {
    return this._cancelError;
  }

  get stateChanged(): ISignal<this, void> {
    return this._stateChanged;
  }

  find(id: string): IJob | null {
    return this._jobs.get(id) ?? null;
  }

  /**
   * Read all jobs anew. Never rejects.
   */
  async refresh(): Promise<void> {
    try {
      const { jobs } = await this._client.listJobs();
      const known = this._jobs;
      this._jobs = new Map(
        jobs.map(job => [job.id, newest(known.get(job.id), job)])
      );
      this._listError = null;
      this._isLoaded = true;
    } catch (error) {
      this._listError = asCatalogError(error);
    }
    this._changed();
  }

  /**
   * Begin a job. Never rejects.
   *
   * @returns The job, or null with `startError` set.
   */
  async start(order: IJobOrder): Promise<IJob | null> {
    this._startError = null;
    let job: IJob | null = null;
    try {
      job = await this._client.startJob(order);
      this._jobs.set(job.id, job);
    } catch (error) {
      this._startError = asCatalogError(error);
    }
    this._changed();
    return job;
  }

  /**
   * Ask a job to stop; it undoes what it began and says so itself. Never rejects.
   */
  async cancel(id: string): Promise<void> {
    this._cancelError = null;
    try {
      this._take(await this._client.deleteJob(id));
    } catch (error) {
      this._cancelError = asCatalogError(error);
    }
    this._changed();
  }

  /**
   * Leave an ended job out of the list from now on. Never rejects.
   */
  async forget(id: string): Promise<void> {
    this._cancelError = null;
    try {
      await this._client.deleteJob(id);
      this._jobs.delete(id);
    } catch (error) {
      this._cancelError = asCatalogError(error);
    }
    this._changed();
  }

  /**
   * What a job's process printed, loaded when it is asked for.
   */
  log(id: string): AsyncResource<IJobLog> {
    const log =
      this._logs.get(id) ??
      new AsyncResource(
        () => this._client.getJobLog(id),
        () => this._stateChanged.emit()
      );
    this._logs.set(id, log);
    return log;
  }

  dispose(): void {
    this._isWatched = false;
    this._stream?.dispose();
    Signal.clearData(this);
  }

  private _changed(): void {
    this._openOrClose();
    this._stateChanged.emit();
  }

  private _openOrClose(): void {
    const isNeeded =
      // Once the server has answered: it may be out of reach, or lack the extension.
      (this._isWatched && this._isLoaded) ||
      [...this._jobs.values()].some(isActive);
    if (isNeeded && !this._stream) {
      this._stream = new EventStream({
        url: this._client.jobEventsUrl,
        on: {
          job: data => {
            this._take(JSON.parse(data) as IJob);
            this._changed();
          },
          forgotten: data => {
            this._jobs.delete((JSON.parse(data) as IForgottenJob).id);
            this._changed();
          }
        },
        onConnected: connected => this._connected(connected),
        ...(this._open && { open: this._open })
      });
    } else if (!isNeeded && this._stream) {
      this._stream.dispose();
      this._stream = null;
      this._isConnected = true;
    }
  }

  /**
   * The stream tells of the jobs there are, not of those that went while it was lost.
   */
  private _connected(connected: boolean): void {
    if (connected !== this._isConnected) {
      this._isConnected = connected;
      if (connected) {
        void this.refresh();
      }
      this._stateChanged.emit();
    }
  }

  private _take(job: IJob): void {
    this._jobs.set(job.id, newest(this._jobs.get(job.id), job));
  }

  private _jobs = new Map<string, IJob>();
  private readonly _logs = new Map<string, AsyncResource<IJobLog>>();
  private _stream: EventStream | null = null;
  private _isConnected = true;
  private _isLoaded = false;
  private _isWatched = false;
  private _listError: CatalogError | null = null;
  private _startError: CatalogError | null = null;
  private _cancelError: CatalogError | null = null;
  private readonly _stateChanged = new Signal<this, void>(this);
}

/**
 * An answer can be older than an event that came before it.
 */
function newest(known: IJob | undefined, job: IJob): IJob {
  return known && known.updated_at > job.updated_at ? known : job;
}
