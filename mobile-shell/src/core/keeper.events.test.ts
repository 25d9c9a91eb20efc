import { beforeEach, describe, expect, it, vi } from 'vitest';
import { openDatabase } from '../vault/database';
import { freshDatabase } from '../vault/testing';
import { Browser, context, PASSPHRASE } from './keeper.testing';
import { opened, trouble } from './testing';

vi.mock('../vault/passphrase', async (original) => ({
  ...(await original<typeof import('../vault/passphrase')>()),
  // The least that is allowed: these stories are not about the cost.
  freshCost: async () => ({ memoryKib: 19 * 1024, iterations: 2, salt: crypto.getRandomValues(new Uint8Array(16)) }),
}));

let browser: Browser;
beforeEach(() => {
  freshDatabase();
  trouble.clear();
  opened.length = 0;
  browser = new Browser();
});

const pulls = () => browser.server.received.filter(({ path }) => path === '/api/sync/pull').length;

/** The browser's cryptography takes its turns elsewhere: how many there are is not known. */
async function until(holds: () => boolean): Promise<void> {
  for (let turn = 0; turn < 100 && !holds(); turn++) await browser.quiet();
  expect(holds()).toBe(true);
}

describe('news from the server', () => {
  it('leads to a synchronisation soon, once for several, while the workbook is open', async () => {
    let say: ((text: string) => void) | undefined;
    let signal: AbortSignal | null | undefined;
    browser.server.stream = (init) => {
      expect(init.method).toBe('GET');
      expect(new Headers(init.headers).get('x-device')).toBe('d1');
      signal = init.signal;
      const body = new ReadableStream<Uint8Array>({
        start: (it) => {
          say = (text) => it.enqueue(new TextEncoder().encode(text));
        },
      });
      return new Response(body, { headers: { 'content-type': 'text/event-stream' } });
    };
    const tab = await browser.enrolled();
    const before = pulls();
    await until(() => say !== undefined);
    say?.('event: grown\ndata: {"document":"d1","seq":2}\n\nevent: catch-up\ndata: {}\n\n');
    await browser.quiet();
    expect(pulls()).toBe(before);
    await browser.pass(1_500);
    await until(() => pulls() > before);
    await browser.pass(1_500);
    expect(pulls()).toBe(before + 1);
    await tab.calls.lock();
    expect(signal?.aborted).toBe(true);
  });

  it('is not needed: without a stream the schedule goes on', async () => {
    const tab = await browser.enrolled();
    const before = pulls();
    await browser.pass(5 * 60_000);
    await until(() => pulls() > before && tab.sync()?.running === false);
    expect(tab.sync()).not.toHaveProperty('problem');
  });
});

describe('a family that the council erased', () => {
  it('is told once, over a restart too, and its recordings go', async () => {
    const tab = await browser.enrolled();
    const [gone, stays] = [await tab.calls.recordingBegin(context, 'f1'), await tab.calls.recordingBegin(context, 'f2')];
    for (const id of [gone, stays]) await tab.calls.recordingFinish(context, id);
    const erasing = { documents: [], gone: [], erased: ['f1'] };
    browser.server.answers['/api/sync/pull'] = () => erasing;
    await tab.calls.syncNow();
    expect(tab.sync()).toMatchObject({ erased: true });
    const database = await openDatabase(() => undefined);
    const recordings = (await database.getAllKeys('rows')).filter((key) => key.startsWith('recording/'));
    expect(recordings.some((key) => key.startsWith(`recording/${stays}/`))).toBe(true);
    expect(recordings.filter((key) => key.startsWith(`recording/${gone}/`))).toEqual([]);

    erasing.erased = [];
    await tab.calls.lock();
    await tab.calls.unlock(context, { passphrase: PASSPHRASE });
    await browser.quiet();
    expect(tab.sync()).toMatchObject({ erased: true });
    await tab.calls.seenErased();
    expect(tab.sync()).not.toHaveProperty('erased');
    await tab.calls.lock();
    await tab.calls.unlock(context, { passphrase: PASSPHRASE });
    await browser.quiet();
    expect(tab.sync()).not.toHaveProperty('erased');
  });
});
