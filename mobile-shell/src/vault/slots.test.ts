import { describe, expect, it } from 'vitest';
import { seal, unseal } from './cipher';
import { demandStrength, freshCost, keyFrom } from './passphrase';
import { addPasskeySlot, changePassphrase, firstSlot, openWithPasskey, openWithPassphrase, passkeys, type Slot } from './slots';
import { bytes, text } from './testing';

const PASSPHRASE = 'correct horse battery';
/** The least that is allowed: these tests are about the ways, not about their cost. */
const cheap = async () => ({ memoryKib: 19 * 1024, iterations: 2, salt: crypto.getRandomValues(new Uint8Array(16)) });

describe('the ways to the data key', () => {
  it('opens by passphrase, the same from any keyboard', async () => {
    const { slot, key } = await firstSlot('Straße am Öl Baum', cheap);
    const row = await seal(key, 'a', bytes('x'));
    const again = await openWithPassphrase([slot], '  Straße am O\u0308l Baum ');
    expect(text(await unseal(again, 'a', row))).toBe('x');
  });

  it('tells a wrong passphrase from a damaged lock', async () => {
    const { slot } = await firstSlot(PASSPHRASE, cheap);
    await expect(openWithPassphrase([slot], 'another passphrase')).rejects.toMatchObject({ code: 'wrong-passphrase' });
    await expect(openWithPassphrase([], PASSPHRASE)).rejects.toMatchObject({ code: 'row-broken' });
  });

  it('never lets the key be read out', async () => {
    const { slot, key } = await firstSlot(PASSPHRASE, cheap);
    expect(key.extractable).toBe(false);
    expect((await openWithPassphrase([slot], PASSPHRASE)).extractable).toBe(false);
    await expect(crypto.subtle.exportKey('raw', key)).rejects.toThrow();
  });

  it('opens by a passkey that was added with the passphrase', async () => {
    const { slot, key } = await firstSlot(PASSPHRASE, cheap);
    const row = await seal(key, 'a', bytes('x'));
    const passkey = { credential: bytes('id'), salt: crypto.getRandomValues(new Uint8Array(32)), secret: crypto.getRandomValues(new Uint8Array(32)) };
    const slots = await addPasskeySlot([slot], PASSPHRASE, passkey);
    expect(passkeys(slots)).toEqual([{ credential: passkey.credential, salt: passkey.salt }]);
    const again = await openWithPasskey(slots, passkey.credential, passkey.secret);
    expect(text(await unseal(again, 'a', row))).toBe('x');
    const wrong = crypto.getRandomValues(new Uint8Array(32));
    await expect(openWithPasskey(slots, passkey.credential, wrong)).rejects.toMatchObject({ code: 'passkey-cancelled' });
    await expect(openWithPasskey(slots, bytes('other'), passkey.secret)).rejects.toMatchObject({ code: 'passkey-cancelled' });
    await expect(addPasskeySlot(slots, 'wrong passphrase', passkey)).rejects.toMatchObject({ code: 'wrong-passphrase' });
  });

  it('changes the passphrase and keeps the passkey', async () => {
    const { slot, key } = await firstSlot(PASSPHRASE, cheap);
    const row = await seal(key, 'a', bytes('x'));
    const passkey = { credential: bytes('id'), salt: new Uint8Array(32), secret: new Uint8Array(32).fill(7) };
    const slots = await changePassphrase(await addPasskeySlot([slot], PASSPHRASE, passkey), PASSPHRASE, 'a fresh long passphrase', cheap);
    await expect(openWithPassphrase(slots, PASSPHRASE)).rejects.toMatchObject({ code: 'wrong-passphrase' });
    expect(text(await unseal(await openWithPassphrase(slots, 'a fresh long passphrase'), 'a', row))).toBe('x');
    expect(text(await unseal(await openWithPasskey(slots, passkey.credential, passkey.secret), 'a', row))).toBe('x');
  });

  it('does not believe stored costs', async () => {
    const { slot } = await firstSlot(PASSPHRASE, cheap);
    if (slot.kind !== 'passphrase') throw new Error('no passphrase slot');
    const hostile = [{ memoryKib: 2 ** 32 }, { memoryKib: 8 }, { iterations: 10 ** 9 }, { iterations: 0 }, { salt: new Uint8Array(1) }, { memoryKib: Number.NaN }];
    for (const change of hostile) {
      const bad: Slot = { ...slot, cost: { ...slot.cost, ...change } };
      await expect(openWithPassphrase([bad], PASSPHRASE), JSON.stringify(change)).rejects.toMatchObject({ code: 'row-broken' });
    }
  });
});

describe('passphrases', () => {
  it('are long and no PIN', () => {
    for (const weak of ['', '1234', '123456789012', '0000-0000-0000', 'aaaaaaaaaaaaaaa', 'short words', '            x']) {
      expect(() => demandStrength(weak), weak).toThrow(/at least 12 characters/);
    }
    expect(() => demandStrength(PASSPHRASE)).not.toThrow();
  });

  it('cost about a second, measured on the phone', async () => {
    expect(await freshCost(async () => 6_000)).toMatchObject({ memoryKib: 65_536, iterations: 2 });
    expect((await freshCost(async () => 600)).iterations).toBe(5);
    expect((await freshCost(async () => 1)).iterations).toBe(16);
  });

  it('take less memory where there is none, and say so where even that fails', async () => {
    const poor = await freshCost(async ({ memoryKib }) => {
      if (memoryKib > 32 * 1024) throw new Error('no memory');
      return 1_000;
    });
    expect(poor.memoryKib).toBe(32 * 1024);
    await expect(freshCost(async () => Promise.reject(new Error('no memory')))).rejects.toThrow('no memory');
  });

  it('give a key that only wraps', async () => {
    const cost = { memoryKib: 19 * 1024, iterations: 2, salt: new Uint8Array(16) };
    const key = await keyFrom(PASSPHRASE, cost);
    expect(key.extractable).toBe(false);
    expect(key.usages.sort()).toEqual(['unwrapKey', 'wrapKey']);
  });
});
