/**
 * The rescue file: unsent work in one file, sealed with a passphrase of its own.
 *
 * The format is for strangers too: `docs/rescue-format.md`; `workbook rescue open` opens it.
 * A line of magic, a line of JSON (how it was sealed), and one AES-GCM ciphertext that is bound to
 * both lines. Inside, parts: each a length, a line of JSON (name and type) and its bytes.
 */

import { Problem } from '../core/errors';
import { type Bytes, nonce } from './cipher';
import { demandStrength, freshCost, keyFrom } from './passphrase';

/** The first line of every rescue file. */
export const MAGIC = 'family-workbook-rescue 1\n';

/** One thing in the file. */
export interface Part {
  /** For people: `unsent.json`, `recording-1.wav`. No personal data. */
  name: string;
  /** Its media type. */
  type: string;
  bytes: Uint8Array;
}

const text = new TextEncoder();

/** Seals parts. @throws Problem `weak-passphrase`. */
export async function sealRescue(parts: readonly Part[], passphrase: string): Promise<Blob> {
  demandStrength(passphrase);
  const cost = await freshCost();
  const iv = nonce();
  const header = {
    kdf: { name: 'argon2id', version: 19, memoryKib: cost.memoryKib, iterations: cost.iterations, parallelism: 1, salt: base64(cost.salt) },
    cipher: { name: 'AES-256-GCM', nonce: base64(iv) },
  };
  const head = text.encode(`${MAGIC}${JSON.stringify(header)}\n`);
  const wrapping = await keyFrom(passphrase, cost);
  const key = await encryptingKey(wrapping);
  const how = { name: 'AES-GCM', iv, additionalData: head };
  const sealed = await crypto.subtle.encrypt(how, key.key, packed(parts));
  return new Blob([head, key.wrapped, sealed], { type: 'application/octet-stream' });
}

/** A fresh key for the content, wrapped by the passphrase's key: 12 bytes nonce and 48 bytes of key. */
async function encryptingKey(wrapping: CryptoKey): Promise<{ key: CryptoKey; wrapped: Bytes }> {
  const key = await crypto.subtle.generateKey({ name: 'AES-GCM', length: 256 }, true, ['encrypt']);
  const iv = nonce();
  const body = await crypto.subtle.wrapKey('raw', key, wrapping, { name: 'AES-GCM', iv });
  const wrapped = new Uint8Array(iv.length + body.byteLength);
  wrapped.set(iv);
  wrapped.set(new Uint8Array(body), iv.length);
  return { key, wrapped };
}

/** Parts one after another: 4 bytes length of the JSON (big endian), JSON, bytes. */
export function packed(parts: readonly Part[]): Bytes {
  const chunks = parts.flatMap(({ name, type, bytes }) => {
    const head = text.encode(JSON.stringify({ name, type, length: bytes.length }));
    const length = new Uint8Array(4);
    new DataView(length.buffer).setUint32(0, head.length);
    return [length, head, bytes];
  });
  const all = new Uint8Array(chunks.reduce((sum, chunk) => sum + chunk.length, 0));
  let at = 0;
  for (const chunk of chunks) {
    all.set(chunk, at);
    at += chunk.length;
  }
  return all;
}

/** Standard base64. */
export function base64(bytes: Uint8Array): string {
  let binary = '';
  for (let at = 0; at < bytes.length; at += 0x8000) {
    binary += String.fromCharCode(...bytes.subarray(at, at + 0x8000));
  }
  return btoa(binary);
}

/** @throws Problem `row-broken` when it is no base64. */
export function fromBase64(encoded: string): Bytes {
  try {
    return Uint8Array.from(atob(encoded), (letter) => letter.charCodeAt(0));
  } catch (cause) {
    throw new Problem('row-broken', 'Part of what is stored on this phone can not be read.', {}, cause);
  }
}
