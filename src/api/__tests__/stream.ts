import type { IEventSource } from '../events';

type Listener = (event: MessageEvent<string>) => void;

/**
 * An event stream that says what the test tells it to.
 */
export class Stream implements IEventSource {
  /**
   * As in `EventSource`: 0 while it connects, 1 while it is open, 2 once it is closed.
   */
  readyState = 1;
  closed = false;
  readonly listeners = new Map<string, Listener>();

  addEventListener(type: string, listener: Listener): void {
    this.listeners.set(type, listener);
  }

  close(): void {
    this.closed = true;
  }

  say(type: string, data: unknown = null): void {
    const event = new MessageEvent(type, { data: JSON.stringify(data) });
    this.listeners.get(type)?.(event);
  }

  /**
   * Fail for good, as after an answer like 502.
   */
  fail(): void {
    this.readyState = 2;
    this.say('error');
  }
}
