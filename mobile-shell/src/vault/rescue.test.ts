import { describe, expect, it } from 'vitest';
import { base64, type Part, fromBase64, MAGIC, packed, sealRescue } from './rescue';
import { keyFrom } from './passphrase';
import { bytes, text } from './testing';

const PASSPHRASE = 'four unrelated words here';

/** As docs/rescue-format.md says, up to the packed parts. The program that people use is `workbook rescue open`. */
async function opened(file: Uint8Array<ArrayBuffer>, passphrase: string): Promise<Uint8Array> {
  const end = file.indexOf(10, MAGIC.length) + 1;
  expect(text(file.subarray(0, MAGIC.length))).toBe(MAGIC);
  const { kdf, cipher } = JSON.parse(text(file.subarray(MAGIC.length, end)));
  expect(kdf).toMatchObject({ name: 'argon2id', version: 19, parallelism: 1 });
  const wrapping = await keyFrom(passphrase, { memoryKib: kdf.memoryKib, iterations: kdf.iterations, salt: fromBase64(kdf.salt) });
  const how = { name: 'AES-GCM', iv: file.slice(end, end + 12) };
  const key = await crypto.subtle.unwrapKey('raw', file.slice(end + 12, end + 60), wrapping, how, 'AES-GCM', false, ['decrypt']);
  const content = { name: 'AES-GCM', iv: fromBase64(cipher.nonce), additionalData: file.slice(0, end) };
  return new Uint8Array(await crypto.subtle.decrypt(content, key, file.slice(end + 60)));
}

describe('the rescue file', () => {
  it('holds every part, for nobody without the passphrase', async () => {
    const parts: Part[] = [
      { name: 'unsent.json', type: 'application/json', bytes: bytes('{"waiting":["Mum said"]}') },
      { name: 'recording-1.wav', type: 'audio/wav', bytes: crypto.getRandomValues(new Uint8Array(50_000)) },
      { name: 'empty', type: 'text/plain', bytes: new Uint8Array(0) },
    ];
    const file = new Uint8Array(await (await sealRescue(parts, PASSPHRASE)).arrayBuffer());
    expect(text(file)).not.toContain('Mum');
    expect(await opened(file, ` ${PASSPHRASE} `)).toEqual(packed(parts));
    await expect(opened(file, 'another passphrase')).rejects.toThrow();
    file[file.length - 1] = (file.at(-1) ?? 0) ^ 1;
    await expect(opened(file, PASSPHRASE)).rejects.toThrow();
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
