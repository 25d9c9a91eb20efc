import { describe, expect, it } from 'vitest';
import { seal, unseal } from './cipher';
import { bytes, dataKey, text } from './testing';

describe('sealing', () => {
  it('opens what it sealed, and shows nothing of it', async () => {
    const key = await dataKey();
    const row = await seal(key, 'draft/1', bytes('Mum said he was there'));
    expect(text(row)).not.toContain('Mum');
    expect(text(await unseal(key, 'draft/1', row))).toBe('Mum said he was there');
  });

  it('seals the same content differently each time', async () => {
    const key = await dataKey();
    const [one, other] = [await seal(key, 'a', bytes('x')), await seal(key, 'a', bytes('x'))];
    expect(one).not.toEqual(other);
    expect(one.slice(1, 13)).not.toEqual(other.slice(1, 13));
  });

  it('refuses a row in another row’s place', async () => {
    const key = await dataKey();
    const row = await seal(key, 'draft/1', bytes('x'));
    await expect(unseal(key, 'draft/2', row)).rejects.toMatchObject({ code: 'row-broken' });
  });

  it('refuses another key', async () => {
    const row = await seal(await dataKey(), 'a', bytes('x'));
    await expect(unseal(await dataKey(), 'a', row)).rejects.toMatchObject({ code: 'row-broken' });
  });

  it('refuses every changed, cut or senseless row', async () => {
    const key = await dataKey();
    const row = await seal(key, 'a', bytes('hello'));
    for (let at = 0; at < row.length; at++) {
      const changed = row.slice();
      changed[at] = (changed[at] ?? 0) ^ 1;
      await expect(unseal(key, 'a', changed), `byte ${at}`).rejects.toMatchObject({ code: 'row-broken' });
      await expect(unseal(key, 'a', row.slice(0, at)), `cut at ${at}`).rejects.toMatchObject({ code: 'row-broken' });
    }
    for (const senseless of [undefined, null, 7, 'row', {}, [], new ArrayBuffer(64), new Uint8Array(0)]) {
      await expect(unseal(key, 'a', senseless)).rejects.toMatchObject({ code: 'row-broken' });
    }
  });
});
