import { beforeEach, describe, expect, it, vi } from 'vitest';
import { FakeServer, problem } from '../sync/testing';
import type { Transcriber } from '../speech/transcriber-api';
import { RATE } from '../speech/pcm';
import { bytes, FakeLocks, freshDatabase, text } from '../vault/testing';
import { openDatabase } from '../vault/database';
import { calls } from './calls';
import { Problem } from './errors';
import { Keeper } from './keeper';
import type { CallContext } from './rpc';
import type { Status, SyncState } from './states';
import { fakeCore, opened, trouble } from './testing';

vi.mock('../vault/passphrase', async (original) => ({
  ...(await original<typeof import('../vault/passphrase')>()),
  // The least that is allowed: these stories are not about the cost.
  freshCost: async () => ({ memoryKib: 19 * 1024, iterations: 2, salt: crypto.getRandomValues(new Uint8Array(16)) }),
}));

const DAY = 24 * 60 * 60_000;
const PASSPHRASE = 'four unrelated words here';
const context: CallContext = { progress: () => undefined, signal: new AbortController().signal };

/** A browser with its clock, its tabs and its one council server. */
class Browser {
  now = Date.UTC(2026, 10, 22, 12);
  monotonic = 0;
  server = new FakeServer(() => this.serverNow ?? this.now);
  serverNow: number | undefined;
  timers = new Set<{ at: number; then: () => void }>();
  cleared = 0;
  #locks = new FakeLocks();
  #channel = `channel ${Math.random()}`;
  transcriber: Transcriber | undefined;

  async tab() {
    const told = { status: [] as Status[], sync: [] as SyncState[], changed: 0 };
    const keeper = new Keeper({
      tabs: { locks: this.#locks, channel: () => new BroadcastChannel(this.#channel) },
      carrier: (path, init) => this.server.carrier(path, init),
      now: () => this.now,
      monotonic: () => this.monotonic,
      random: () => 0.5,
      later: (ms, then) => {
        const timer = { at: this.monotonic + ms, then };
        this.timers.add(timer);
        return () => this.timers.delete(timer);
      },
      uuid: () => crypto.randomUUID(),
      loadCore: async () => fakeCore,
      loadSpeech: async () => undefined,
      clearCaches: async () => void this.cleared++,
      tell: (event, value) => {
        if (event === 'status') told.status.push(value as Status);
        if (event === 'sync') told.sync.push(value as SyncState);
        if (event === 'changed') told.changed++;
      },
    });
    await keeper.start();
    const speech = this.transcriber === undefined ? undefined : { transcriber: this.transcriber, model: {} as never };
    const all = calls(keeper, async () => speech);
    return { keeper, told, calls: all, status: () => told.status.at(-1), sync: () => told.sync.at(-1) };
  }

  async enrolled() {
    const tab = await this.tab();
    await tab.calls.enrol(context, { signIn: 'amira', password: this.server.password, passphrase: PASSPHRASE });
    // The first synchronising, which begins by itself, has ended.
    await tab.calls.syncNow();
    await this.quiet();
    return tab;
  }

  /** Time goes by; what is due runs. */
  async pass(ms: number) {
    this.monotonic += ms;
    this.now += ms;
    for (const timer of [...this.timers]) {
      if (timer.at <= this.monotonic) {
        this.timers.delete(timer);
        timer.then();
      }
    }
    await this.quiet();
  }

  /** Until nothing is under way any more. */
  async quiet() {
    for (let turn = 0; turn < 60; turn++) await new Promise((resolve) => setImmediate(resolve));
  }
}

let browser: Browser;
beforeEach(() => {
  freshDatabase();
  trouble.clear();
  opened.length = 0;
  browser = new Browser();
});

describe('the vault’s life', () => {
  it('begins with enrolment, locks, and opens with the passphrase only', async () => {
    const tab = await browser.enrolled();
    expect(tab.told.status.map(({ state }) => state)).toEqual(['new', 'open']);
    expect(tab.status()).toMatchObject({ person: { name: 'Amira Okafor' }, leaseDays: 14, passkey: false });
    await tab.calls.lock();
    expect(tab.status()).toEqual({ state: 'locked', because: 'asked', passkey: false, waitMs: 0, recording: false, transcribing: false });
    expect(() => tab.calls.today()).toThrow(/locked/);
    await expect(tab.calls.unlock(context, { passphrase: 'four unrelated words' })).rejects.toMatchObject({ code: 'wrong-passphrase' });
    await tab.calls.unlock(context, { passphrase: PASSPHRASE });
    expect(tab.status()).toMatchObject({ state: 'open' });
    expect(await tab.calls.today()).toEqual({ drafts: [] });
  });

  it('stores nothing when enrolment fails', async () => {
    const tab = await browser.tab();
    await expect(tab.calls.enrol(context, { signIn: 'amira', password: 'guess', passphrase: PASSPHRASE })).rejects.toMatchObject({ code: 'wrong-sign-in' });
    await expect(tab.calls.enrol(context, { signIn: 'amira', password: 'x', passphrase: '123456' })).rejects.toMatchObject({ code: 'weak-passphrase' });
    const database = await openDatabase(() => undefined);
    expect(await database.getAllKeys('rows')).toEqual([]);
    expect(await database.get('meta', 'slots')).toBeUndefined();
    expect(tab.status()).toEqual({ state: 'new' });
  });

  it('keeps nothing in clear text', async () => {
    const tab = await browser.enrolled();
    await tab.calls.compose(context, 'f1', { text: 'Leo said that he was afraid' });
    const database = await openDatabase(() => undefined);
    const keys = await database.getAllKeys('rows');
    expect(keys.filter((key) => key.startsWith('draft/'))).toEqual(['draft/e1']);
    for (const key of keys) {
      const row = text((await database.get('rows', key)) as Uint8Array);
      for (const word of ['Leo', 'afraid', 'Amira', 'childrens', 'contact', 'wrapped']) expect(row, key).not.toContain(word);
    }
  });

  it('makes wrong passphrases wait, over a restart too', async () => {
    const tab = await browser.enrolled();
    await tab.calls.lock();
    for (let wrong = 0; wrong < 4; wrong++) {
      await expect(tab.calls.unlock(context, { passphrase: 'not this one at all' })).rejects.toMatchObject({ code: 'wrong-passphrase' });
    }
    expect(tab.status()).toMatchObject({ state: 'locked', waitMs: 5_000 });
    await expect(tab.calls.unlock(context, { passphrase: PASSPHRASE })).rejects.toMatchObject({ code: 'wait', waitMs: 5_000 });
    await browser.pass(5_000);
    await tab.calls.unlock(context, { passphrase: PASSPHRASE });
    expect(tab.status()).toMatchObject({ state: 'open' });
  });

  it('locks by itself when nobody touches it', async () => {
    const tab = await browser.enrolled();
    await browser.pass(4 * 60_000);
    tab.calls.touched();
    await browser.pass(4 * 60_000);
    expect(tab.status()).toMatchObject({ state: 'open' });
    await browser.pass(61_000);
    expect(tab.status()).toMatchObject({ state: 'locked', because: 'idle' });
  });

  it('locks at the first call after the phone slept, however its clocks went', async () => {
    const tab = await browser.enrolled();
    browser.now += 6 * 60_000;
    expect(() => tab.calls.drafts()).toThrow(/locked/);
    await browser.quiet();
    expect(tab.status()).toMatchObject({ state: 'locked', because: 'idle' });
  });

  it('can be forgotten, for good', async () => {
    const tab = await browser.enrolled();
    await tab.calls.compose(context, 'f1', { text: 'x' });
    await tab.calls.forget();
    expect(tab.status()).toEqual({ state: 'new' });
    const database = await openDatabase(() => undefined);
    expect(await database.getAllKeys('rows')).toEqual([]);
    expect(await database.getAllKeys('meta')).toEqual(['fence']);
    await tab.calls.enrol(context, { signIn: 'amira', password: browser.server.password, passphrase: PASSPHRASE });
    expect(tab.status()).toMatchObject({ state: 'open' });
  });
});

describe('the lease', () => {
  it('seals the copies when it is over, and the server’s answer opens them', async () => {
    const tab = await browser.enrolled();
    await tab.calls.lock();
    browser.server.reachable = false;
    await browser.pass(14 * DAY + 60_000);
    await tab.calls.unlock(context, { passphrase: PASSPHRASE });
    await browser.quiet();
    expect(tab.status()).toMatchObject({ state: 'lease-over', unlocked: true });
    expect(() => tab.calls.today()).toThrow(/too long/);
    await tab.calls.syncNow();
    expect(tab.status()).toMatchObject({ state: 'lease-over' });
    browser.server.reachable = true;
    await tab.calls.syncNow();
    expect(tab.status()).toMatchObject({ state: 'open' });
    expect(await tab.calls.today()).toEqual({ drafts: [] });
  });

  it('is not stretched by setting the clock back', async () => {
    const tab = await browser.enrolled();
    browser.server.reachable = false;
    await tab.calls.lock();
    browser.now += 14 * DAY + 60_000;
    await tab.calls.unlock(context, { passphrase: PASSPHRASE });
    await tab.calls.lock();
    browser.now -= 14 * DAY;
    await tab.calls.unlock(context, { passphrase: PASSPHRASE });
    expect(tab.status()).toMatchObject({ state: 'lease-over' });
  });

  it('takes the days that the server names', async () => {
    browser.server.leaseDays = '2';
    const tab = await browser.enrolled();
    expect(tab.status()).toMatchObject({ state: 'open', leaseDays: 2, leaseEndsAt: browser.now + 2 * DAY });
  });
});

describe('revocation', () => {
  it('wipes at the next contact: keys, rows and caches, unsent work too, and says how much', async () => {
    const tab = await browser.enrolled();
    browser.server.reachable = false;
    await tab.calls.compose(context, 'f1', { text: 'unsent' });
    await tab.calls.complete(context, 'e1');
    await tab.calls.begin(context, 'f1');
    browser.server.revoked = true;
    await tab.calls.syncNow();
    expect(tab.status()).toMatchObject({ state: 'open' });
    browser.server.reachable = true;
    await tab.calls.syncNow();
    await browser.quiet();
    expect(tab.status()).toEqual({ state: 'wiped', at: browser.now, unsent: 2 });
    expect(browser.cleared).toBe(1);
    const database = await openDatabase(() => undefined);
    expect(await database.getAllKeys('rows')).toEqual([]);
    expect((await database.getAllKeys('meta')).sort()).toEqual(['fence', 'wiped']);
    await expect(tab.calls.unlock(context, { passphrase: PASSPHRASE })).rejects.toMatchObject({ code: 'row-broken' });
  });

  it('leaves nothing that a recording under way could write to', async () => {
    const tab = await browser.enrolled();
    const id = await tab.calls.recordingBegin(context, 'f1');
    browser.server.revoked = true;
    await tab.calls.syncNow();
    await browser.quiet();
    await expect(tab.calls.recordingStore(context, id, 0, new Int16Array(RATE))).rejects.toMatchObject({ code: 'locked' });
    expect(await (await openDatabase(() => undefined)).getAllKeys('rows')).toEqual([]);
  });

  it('is not mixed up with a device that the server does not know', async () => {
    const tab = await browser.enrolled();
    await tab.calls.compose(context, 'f1', { text: 'x' });
    browser.server.next = [() => problem(401, 'device-not-enrolled')];
    await tab.calls.syncNow();
    expect(tab.status()).toMatchObject({ state: 'open' });
    expect(tab.sync()?.problem).toMatchObject({ code: 'not-enrolled' });
    expect(await tab.calls.drafts()).toHaveLength(1);
  });
});

describe('what is written', () => {
  it('is stored before it is answered, and is there after a restart', async () => {
    const tab = await browser.enrolled();
    await tab.calls.compose(context, 'f1', { text: 'typed' });
    tab.keeper.vault.close();
    const fresh = new Browser();
    const again = await fresh.tab();
    await again.calls.unlock(context, { passphrase: PASSPHRASE });
    expect(await again.calls.drafts()).toMatchObject([{ id: 'e1', text: 'typed' }]);
  });

  it('opens the record anew from the disk when storing fails', async () => {
    const tab = await browser.enrolled();
    await tab.calls.compose(context, 'f1', { text: 'first' });
    const put = vi.spyOn(IDBObjectStore.prototype, 'put').mockImplementation(() => {
      throw new DOMException('full', 'QuotaExceededError');
    });
    await expect(tab.calls.keep(context, { id: 'e2' } as never)).rejects.toMatchObject({ code: 'storage-full' });
    put.mockRestore();
    expect(await tab.calls.drafts()).toMatchObject([{ id: 'e1' }]);
    await tab.calls.keep(context, { id: 'e2' } as never);
    expect(await tab.calls.drafts()).toHaveLength(2);
  });

  it('is told entry by entry: on this phone, sending, in the workbook', async () => {
    const tab = await browser.enrolled();
    browser.server.reachable = false;
    await tab.calls.compose(context, 'f1', { text: 'x' });
    await tab.calls.complete(context, 'e1');
    expect(tab.sync()).toMatchObject({ entries: { e1: 'on-this-phone' }, waiting: 1 });
    await tab.calls.syncNow();
    expect(tab.sync()).toMatchObject({ running: false, entries: { e1: 'on-this-phone' }, problem: { code: 'unreachable' } });
    browser.server.reachable = true;
    tab.told.sync.length = 0;
    await tab.calls.syncNow();
    expect(tab.told.sync.map(({ entries }) => entries.e1)).toContain('sending');
    expect(tab.sync()).toMatchObject({ entries: { e1: 'in-the-workbook' }, waiting: 0, running: false });
    expect(tab.sync()?.problem).toBeUndefined();
  });

  it('goes to a server whose clock is a day ahead', async () => {
    browser.serverNow = browser.now + DAY;
    const tab = await browser.enrolled();
    await tab.calls.syncNow();
    expect(tab.sync()?.problem).toBeUndefined();
    expect(tab.sync()?.clockOffMs).toBe(DAY);
  });

  it('says what the core refuses, with rule and field', async () => {
    const tab = await browser.enrolled();
    await tab.calls.compose(context, 'f1', { text: 'x' });
    trouble.set('complete', Object.assign(new Error('Say when it was.'), { code: 'unconfirmed', refusal: { rule: 'entry-needs-start', field: 'start', message: 'm' } }));
    await expect(tab.calls.complete(context, 'e1')).rejects.toMatchObject({ code: 'unconfirmed', refusal: { rule: 'entry-needs-start' } });
    expect(await tab.calls.drafts()).toHaveLength(1);
  });
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

describe('two tabs', () => {
  it('the second says so, and takes the workbook over, locked', async () => {
    const first = await browser.enrolled();
    const second = await browser.tab();
    expect(second.status()).toEqual({ state: 'elsewhere', busy: false });
    expect(() => second.calls.today()).toThrow(/another tab/);
    await second.calls.takeOver();
    await browser.quiet();
    expect(first.status()).toMatchObject({ state: 'elsewhere' });
    expect(second.status()).toMatchObject({ state: 'locked' });
    expect(() => first.calls.today()).toThrow(/another tab/);
    await second.calls.unlock(context, { passphrase: PASSPHRASE });
    expect(second.status()).toMatchObject({ state: 'open' });
  });

  it('not while the first records or holds unsaved words', async () => {
    const first = await browser.enrolled();
    const second = await browser.tab();
    first.calls.held(context, true);
    await expect(second.calls.takeOver()).rejects.toMatchObject({ code: 'busy' });
    expect(second.status()).toEqual({ state: 'elsewhere', busy: true });
    first.calls.held(context, false);
    const id = await first.calls.recordingBegin(context, 'f1');
    await expect(second.calls.takeOver()).rejects.toMatchObject({ code: 'busy' });
    await first.calls.recordingFinish(context, id);
    await second.calls.takeOver();
    expect(second.status()).toMatchObject({ state: 'locked' });
  });
});

describe('hostile storage', () => {
  it('a damaged row is handed to the core empty, and stays as it is', async () => {
    const tab = await browser.enrolled();
    await tab.calls.compose(context, 'f1', { text: 'x' });
    await tab.calls.lock();
    const database = await openDatabase(() => undefined);
    await database.put('rows', new Uint8Array(50), 'draft/e1');
    await database.put('rows', 'nonsense' as never, 'outbox/d1/x');
    opened.length = 0;
    await tab.calls.unlock(context, { passphrase: PASSPHRASE });
    expect(opened[0]).toEqual([
      { key: 'draft/e1', bytes: new Uint8Array(0) },
      { key: 'outbox/d1/x', bytes: new Uint8Array(0) },
    ]);
    expect(await database.get('rows', 'draft/e1')).toEqual(new Uint8Array(50));
  });

  it('a lost lease counts as over; a lost key or profile says so', async () => {
    const tab = await browser.enrolled();
    await tab.calls.lock();
    const database = await openDatabase(() => undefined);
    browser.server.reachable = false;
    await database.put('rows', bytes('x'), 'shell/lease');
    await tab.calls.unlock(context, { passphrase: PASSPHRASE });
    expect(tab.status()).toMatchObject({ state: 'lease-over' });
    await tab.calls.lock();
    await database.delete('rows', 'shell/signing-key');
    await expect(tab.calls.unlock(context, { passphrase: PASSPHRASE })).rejects.toBeInstanceOf(Problem);
    expect(tab.status()).toMatchObject({ state: 'locked' });
  });
});
