import { describe, expect, it } from 'vitest';
import { Events } from './events';

const GROWN = 'event: grown\ndata: {"document":"d1","seq":2}\n\n';

function setUp(answers: (() => Response | Promise<Response>)[]) {
  const timers: { ms: number; then: () => void }[] = [];
  let [news, opened] = [0, 0];
  const signals: AbortSignal[] = [];
  const events = new Events({
    open: async (signal) => {
      signals.push(signal);
      const answer = answers[opened++];
      if (answer === undefined) throw new TypeError('Failed to fetch');
      return answer();
    },
    onNews: () => news++,
    later: (ms, then) => {
      const timer = { ms, then };
      timers.push(timer);
      return () => timers.splice(timers.indexOf(timer), 1);
    },
    random: () => 0.5,
  });
  const quiet = async () => {
    for (let turn = 0; turn < 20; turn++) await new Promise((resolve) => setImmediate(resolve));
  };
  return { events, timers, signals, quiet, news: () => news, opened: () => opened };
}

function stream() {
  let controller: ReadableStreamDefaultController<Uint8Array> | undefined;
  const body = new ReadableStream<Uint8Array>({ start: (it) => void (controller = it) });
  const response = () => new Response(body, { headers: { 'content-type': 'text/event-stream' } });
  return { response, say: (text: string) => controller?.enqueue(new TextEncoder().encode(text)), end: () => controller?.close() };
}

describe('the stream of news', () => {
  it('says that something may be new, however the bytes are cut, and nothing of a sign of life', async () => {
    const open = stream();
    const listener = setUp([open.response]);
    listener.events.start();
    listener.events.start();
    open.say(':\n\n');
    await listener.quiet();
    expect([listener.opened(), listener.news()]).toEqual([1, 0]);
    open.say(GROWN.slice(0, 9));
    await listener.quiet();
    expect(listener.news()).toBe(0);
    open.say(GROWN.slice(9));
    await listener.quiet();
    expect(listener.news()).toBe(1);
    open.say('event: catch-up\ndata: {}\n\n');
    await listener.quiet();
    expect(listener.news()).toBe(2);
  });

  it('is opened again when it ends, and ever later while it can not be opened', async () => {
    const open = stream();
    const listener = setUp([open.response, () => new Response('{}', { status: 503 }), () => Response.json({})]);
    listener.events.start();
    open.end();
    await listener.quiet();
    expect(listener.timers.map(({ ms }) => ms)).toEqual([5_000]);
    for (const ms of [30_000, 120_000, 600_000, 600_000]) {
      listener.timers.pop()?.then();
      await listener.quiet();
      expect(listener.timers.map((it) => it.ms)).toEqual([ms]);
    }
    expect(listener.news()).toBe(0);
  });

  it('ends when it is stopped', async () => {
    const open = stream();
    const listener = setUp([open.response]);
    listener.events.start();
    await listener.quiet();
    listener.events.stop();
    expect(listener.signals[0]?.aborted).toBe(true);
    open.say(GROWN);
    await listener.quiet();
    expect([listener.news(), listener.timers.length]).toEqual([0, 0]);
  });
});
