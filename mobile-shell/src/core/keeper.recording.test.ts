import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { Transcriber } from '../speech/transcriber-api';
import { RATE } from '../speech/pcm';
import { freshDatabase } from '../vault/testing';
import { openDatabase } from '../vault/database';
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

describe('a recording', () => {
  const transcript = { text: 'Hello', segments: [], language: 'en', model: { name: 'm', sha256: 's' }, audio_ms: 1000, engine_ms: 1 };
  const hears = (): Transcriber => ({
    warmUp: async () => ({ strength: 'able', realTimeFactor: 0.2, variant: 'simd', threads: 1 }),
    close: () => undefined,
    transcribe: vi.fn(async ({ audio, onWindow, onProgress }) => {
      expect((await audio.read(0, 3)).length).toBe(3);
      await onWindow?.({ number: 0, window: { start: 0, end: RATE }, heard: [], engineMs: 1 });
      onProgress?.({ doneMs: 1000, totalMs: 1000, text: 'Hello' });
      return transcript;
    }),
  });

  it('becomes text, a draft and an entry, and is destroyed with the acceptance, not before', async () => {
    browser.transcriber = hears();
    const tab = await browser.enrolled();
    const id = await tab.calls.recordingBegin(context, 'f1');
    await tab.calls.recordingStore(context, id, 0, new Int16Array(RATE).fill(5));
    const card = await tab.calls.recordingFinish(context, id);
    expect(card).toMatchObject({ id, seconds: 1, finished: true });
    expect(await tab.calls.transcribe(context, id)).toEqual(transcript);
    const { kept } = await tab.calls.compose(context, 'f1', { recording: id });
    expect(kept).toMatchObject({ recording: id, provenance: { how: 'dictated', model: 'm', audioMs: 1000, audioSha256: expect.stringMatching(/^[0-9a-f]{64}$/) } });
    expect(await tab.calls.recordings()).toMatchObject([{ id, transcribed: true, draft: 'e1' }]);

    const put = vi.spyOn(IDBObjectStore.prototype, 'put').mockImplementation(() => {
      throw new DOMException('broken', 'UnknownError');
    });
    await expect(tab.calls.complete(context, 'e1')).rejects.toMatchObject({ code: 'storage-failed' });
    put.mockRestore();
    expect(await tab.calls.sound(context, id, 0, 10)).toMatchObject({ samples: { length: 160 } });

    await tab.calls.complete(context, 'e1');
    expect(await tab.calls.recordings()).toEqual([]);
    const keys = await (await openDatabase(() => undefined)).getAllKeys('rows');
    expect(keys.filter((key) => /^(recording|transcript)\//.test(key))).toEqual([]);
  });

  it('goes on behind the lock with its own key, and opens nothing else', async () => {
    const tab = await browser.enrolled();
    const id = await tab.calls.recordingBegin(context, 'f1');
    await tab.calls.recordingStore(context, id, 0, new Int16Array(RATE));
    await tab.calls.lock();
    expect(tab.status()).toMatchObject({ state: 'locked', recording: true });
    await tab.calls.recordingStore(context, id, 1, new Int16Array(RATE));
    expect(() => tab.keeper.vault.key).toThrow(/locked/);
    await expect(tab.calls.sound(context, id, 0, 10)).rejects.toMatchObject({ code: 'locked' });
    expect(await tab.calls.recordingFinish(context, id)).toMatchObject({ seconds: 2, finished: true });
    expect(tab.status()).toMatchObject({ state: 'locked', recording: false });
    await expect(tab.calls.recordingStore(context, id, 2, new Int16Array(RATE))).rejects.toMatchObject({ code: 'locked' });
  });

  it('keeps the screens from locking while it goes on', async () => {
    const tab = await browser.enrolled();
    const id = await tab.calls.recordingBegin(context, 'f1');
    await browser.pass(20 * 60_000);
    expect(tab.status()).toMatchObject({ state: 'open' });
    await tab.calls.recordingFinish(context, id);
    await browser.pass(6 * 60_000);
    expect(tab.status()).toMatchObject({ state: 'locked', because: 'idle' });
  });

  it('that was cut off is offered after unlocking, and goes on', async () => {
    const tab = await browser.enrolled();
    const id = await tab.calls.recordingBegin(context, 'f1');
    await tab.calls.recordingStore(context, id, 0, new Int16Array(RATE));
    tab.keeper.vault.close();
    const again = await new Browser().tab();
    await again.calls.unlock(context, { passphrase: PASSPHRASE });
    expect(await again.calls.recordings()).toMatchObject([{ id, finished: false, seconds: 1, transcribed: false }]);
    expect(await again.calls.recordingGoOn(context, id)).toMatchObject({ family: 'f1', seconds: 1 });
  });

  it('goes on being transcribed where it was cut off', async () => {
    const cut: Transcriber = {
      ...hears(),
      transcribe: async ({ onWindow }) => {
        await onWindow?.({ number: 0, window: { start: 0, end: RATE }, heard: [], engineMs: 1 });
        throw Object.assign(new Error('Stopped.'), { code: 'cancelled' });
      },
    };
    browser.transcriber = cut;
    const tab = await browser.enrolled();
    const id = await tab.calls.recordingBegin(context, 'f1');
    await tab.calls.recordingStore(context, id, 0, new Int16Array(RATE));
    await expect(tab.calls.transcribe(context, id)).rejects.toMatchObject({ code: 'cancelled' });
    tab.keeper.vault.close();
    const fresh = new Browser();
    const second = hears();
    fresh.transcriber = second;
    const again = await fresh.tab();
    await again.calls.unlock(context, { passphrase: PASSPHRASE });
    expect(await again.calls.transcribe(context, id)).toEqual(transcript);
    expect(vi.mocked(second.transcribe).mock.calls[0]?.[0].finished).toMatchObject([{ number: 0 }]);
    expect(await again.calls.transcribe(context, id)).toEqual(transcript);
    expect(second.transcribe).toHaveBeenCalledOnce();
  });
});
