import { EventStream } from '../events';
import { Stream } from './stream';

function listening() {
  const streams: Stream[] = [];
  const onEvent = jest.fn();
  const onConnected = jest.fn();
  const stream = new EventStream({
    url: '/jobs/events',
    on: { job: onEvent },
    onConnected,
    open: () => {
      const source = new Stream();
      streams.push(source);
      return source;
    }
  });
  return { stream, streams, onEvent, onConnected };
}

describe('EventStream', () => {
  beforeEach(() => jest.useFakeTimers());
  afterEach(() => jest.useRealTimers());

  it('hands on events of the kinds that are asked for', () => {
    const { streams, onEvent } = listening();
    streams[0]?.say('job', { id: 'j1' });
    streams[0]?.say('other', { id: 'j2' });
    expect(onEvent.mock.calls).toEqual([['{"id":"j1"}']]);
  });

  it('connects again after a failure, each time later, half a minute at most', () => {
    const { streams } = listening();
    const waits = [1, 2, 4, 8, 16, 30, 30];
    for (const [index, wait] of waits.entries()) {
      streams[index]?.fail();
      jest.advanceTimersByTime(1000 * wait - 1);
      expect(streams).toHaveLength(index + 1);
      jest.advanceTimersByTime(1);
      expect(streams).toHaveLength(index + 2);
    }
  });

  it('begins with the short wait again once it was open', () => {
    const { streams, onConnected } = listening();
    streams[0]?.fail();
    jest.advanceTimersByTime(1000);
    streams[1]?.fail();
    jest.advanceTimersByTime(2000);
    streams[2]?.say('open');
    expect(onConnected.mock.calls).toEqual([[false], [false], [true]]);
    streams[2]?.fail();
    jest.advanceTimersByTime(1000);
    expect(streams).toHaveLength(4);
  });

  it('leaves a lost connection to the browser, which connects again itself', () => {
    const { streams, onConnected } = listening();
    const [source] = streams;
    if (source) {
      source.readyState = 0;
    }
    source?.say('error');
    expect(onConnected).toHaveBeenLastCalledWith(false);
    jest.advanceTimersByTime(60_000);
    expect(streams).toHaveLength(1);
    source?.say('open');
    expect(onConnected).toHaveBeenLastCalledWith(true);
  });

  it('is quiet once it is disposed of', () => {
    const { stream, streams } = listening();
    streams[0]?.fail();
    stream.dispose();
    jest.advanceTimersByTime(60_000);
    expect(streams).toHaveLength(1);
    expect(streams[0]?.closed).toBe(true);
  });
});
