import { describe, expect, it } from 'vitest';
import { openRescue } from '../../scripts/open-rescue.mjs';
import { base64, fromBase64, packed, sealRescue } from './rescue';
import { bytes, text } from './testing';

const PASSPHRASE = 'four unrelated words here';

describe('the rescue file', () => {
  it('is opened by the program beside the app, and by nobody without the passphrase', async () => {
    const parts = [
      { name: 'unsent.json', type: 'application/json', bytes: bytes('{"waiting":["Mum said"]}') },
      { name: 'recording-1.wav', type: 'audio/wav', bytes: crypto.getRandomValues(new Uint8Array(50_000)) },
      { name: 'empty', type: 'text/plain', bytes: new Uint8Array(0) },
    ];
    const file = await (await sealRescue(parts, PASSPHRASE)).arrayBuffer();
    expect(text(new Uint8Array(file))).not.toContain('Mum');
    const opened = await openRescue(file, ` ${PASSPHRASE} `);
    expect(opened.map(({ name, type }) => [name, type])).toEqual(parts.map(({ name, type }) => [name, type]));
    expect(opened[1]?.bytes).toEqual(parts[1]?.bytes);
    await expect(openRescue(file, 'another passphrase')).rejects.toThrow('passphrase is not right');
    const changed = new Uint8Array(file.slice(0));
    changed[changed.length - 1] = (changed.at(-1) ?? 0) ^ 1;
    await expect(openRescue(changed, PASSPHRASE)).rejects.toThrow('the file was changed');
    await expect(openRescue(bytes('PDF'), PASSPHRASE)).rejects.toThrow('not a rescue file');
  });

  it('demands a passphrase that is worth its name', async () => {
    await expect(sealRescue([], '1234')).rejects.toMatchObject({ code: 'weak-passphrase' });
  });

  it('packs parts one after another', () => {
    const all = packed([{ name: 'a', type: 't', bytes: bytes('xyz') }]);
    expect(all.length).toBe(4 + '{"name":"a","type":"t","length":3}'.length + 3);
  });

  it('reads base64 and says when it is none', () => {
    const some = crypto.getRandomValues(new Uint8Array(100_000).subarray(0, 60_000));
    expect(fromBase64(base64(some))).toEqual(some);
    expect(() => fromBase64('not base64!')).toThrow(/can not be read/);
  });
});
