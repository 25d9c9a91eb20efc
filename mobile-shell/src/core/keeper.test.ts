import { beforeEach, describe, expect, it, vi } from 'vitest';
import { problem } from '../sync/testing';
import { RATE } from '../speech/pcm';
import { bytes, freshDatabase, text } from '../vault/testing';
import { openDatabase } from '../vault/database';
import { Problem } from './errors';
import { Browser, context, DAY, PASSPHRASE } from './keeper.testing';
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
