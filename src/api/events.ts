/**
 * The part of the browser's `EventSource` that is used here.
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
   * Handlers of the events' data, by event type.
   */
  on: Readonly<Record<string, (data: string) => void>>;
  /**
   * Called with false when the connection is lost, and with true when it is back.
   */
  onConnected: (connected: boolean) => void;
  open?: (url: string) => IEventSource;
}

/**
 * An event stream that always reconnects. The browser reconnects by itself after a lost connection
 * (and sends the id of the last event), but not after an error response such as 502.
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
 * `EventSource.CLOSED`; jsdom has no `EventSource`.
 */
const CLOSED = 2;

/**
 * Milliseconds.
 */
const FIRST_WAIT = 1000;
const LONGEST_WAIT = 30000;
