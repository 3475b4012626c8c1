/**
 * As much of the browser's `EventSource` as is needed here.
 */
export interface IEventSource {
  readonly readyState: number;
  addEventListener(
    type: string,
    listener: (event: MessageEvent<string>) => void
  ): void;
  close(): void;
}

export interface IEventStreamOptions {
  url: string;
  /**
   * Who takes the data of an event, by its kind.
   */
  on: Readonly<Record<string, (data: string) => void>>;
  /**
   * Whether events come in: false from a failure until the stream is open again.
   */
  onConnected: (connected: boolean) => void;
  open?: (url: string) => IEventSource;
}

/**
 * Server-sent events that are connected again whatever ends them. The browser itself does so after
 * a lost connection (and names the last event that it has seen), not after an answer like 502.
 */
export class EventStream {
  constructor(private readonly _options: IEventStreamOptions) {
    this._connect();
  }

  dispose(): void {
    this._isDisposed = true;
    window.clearTimeout(this._timer);
    this._source?.close();
  }

  private _connect(): void {
    const { url, on, onConnected, open } = this._options;
    const source = open?.(url) ?? new EventSource(url);
    for (const [type, take] of Object.entries(on)) {
      source.addEventListener(type, event => take(event.data));
    }
    source.addEventListener('open', () => {
      this._wait = FIRST_WAIT;
      onConnected(true);
    });
    source.addEventListener('error', () => {
      onConnected(false);
      if (source.readyState === CLOSED && !this._isDisposed) {
        this._timer = window.setTimeout(() => this._connect(), this._wait);
        this._wait = Math.min(2 * this._wait, LONGEST_WAIT);
      }
    });
    this._source = source;
  }

  private _source: IEventSource | null = null;
  private _timer = 0;
  private _wait = FIRST_WAIT;
  private _isDisposed = false;
}

/**
 * `EventSource.CLOSED`, which test environments lack.
 */
const CLOSED = 2;

/**
 * Milliseconds.
 */
const FIRST_WAIT = 1000;
const LONGEST_WAIT = 30000;
