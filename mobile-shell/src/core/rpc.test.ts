import { describe, expect, it, vi } from 'vitest';
import { Problem } from './errors';
import { type Handlers, type Port, Remote, serve } from './rpc';

/** Two ends of one port. */
function connected(handlers: Handlers) {
  const { port1, port2 } = new MessageChannel();
  const end = (port: MessagePort): Port => {
    port.start();
    return port as unknown as Port;
  };
  const events: [string, unknown][] = [];
  const tell = serve(end(port2), handlers);
  const remote = new Remote(end(port1), (event, value) => void events.push([event, value]));
  return { remote, tell, events, close: () => port1.close() };
}

describe('calls through a port', () => {
  it('get their answer, in any order', async () => {
    const { remote, close } = connected({ slow: (_, ms: number) => new Promise((resolve) => setTimeout(() => resolve(ms), ms)) });
    expect(await Promise.all([remote.call('slow', [20]), remote.call('slow', [1])])).toEqual([20, 1]);
    close();
  });

  it('get a problem with all its parts, and nothing of an engine’s own words', async () => {
    const { remote, close } = connected({
      ours: () => {
        throw new Problem('wait', 'Wait.', { waitMs: 5 });
      },
      core: () => {
        throw Object.assign(new Error('Say when.'), { code: 'refused', refusal: { rule: 'entry-needs-start', field: 'start' } });
      },
      engine: () => {
        throw new Error('cannot parse "Leo Marsh"');
      },
    });
    await expect(remote.call('ours', [])).rejects.toMatchObject({ code: 'wait', message: 'Wait.', waitMs: 5 });
    await expect(remote.call('core', [])).rejects.toMatchObject({ code: 'refused', message: 'Say when.', rule: 'entry-needs-start', field: 'start' });
    await expect(remote.call('engine', [])).rejects.toMatchObject({ code: 'core-broken', message: expect.not.stringContaining('Leo') });
    await expect(remote.call('toString', [])).rejects.toMatchObject({ code: 'core-broken' });
    close();
  });

  it('tell progress and can be cancelled', async () => {
    const { remote, close } = connected({
      work: ({ progress, signal }) =>
        new Promise((_, reject) => {
          progress(1);
          signal.addEventListener('abort', () => reject(signal.reason));
        }),
    });
    const onProgress = vi.fn();
    const stop = new AbortController();
    const call = remote.call('work', [], { onProgress, signal: stop.signal });
    await vi.waitFor(() => expect(onProgress).toHaveBeenCalledWith(1));
    stop.abort();
    await expect(call).rejects.toMatchObject({ code: 'cancelled' });
    await expect(remote.call('work', [], { signal: stop.signal })).rejects.toMatchObject({ code: 'cancelled' });
    close();
  });

  it('end when the other side is gone, and say so', async () => {
    const { remote, tell, events, close } = connected({ never: () => new Promise(() => undefined) });
    tell('status', { state: 'new' });
    const call = remote.call('never', []);
    await vi.waitFor(() => expect(events).toEqual([['status', { state: 'new' }]]));
    remote.fail(new Problem('core-broken', 'gone'));
    await expect(call).rejects.toMatchObject({ code: 'core-broken' });
    close();
  });
});
