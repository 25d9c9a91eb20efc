/**
 * Sealing: AES-GCM-256 with a fresh random nonce for each row, bound to the row's key.
 *
 * A sealed row is `version (1 byte) · nonce (12) · ciphertext with tag`. The row's key is the
 * additional data, so that a row can't be put in another's place. Under one key at most 2^32 rows may
 * be sealed; a recording has a key of its own, so that the record's key stays far below.
 */

import { Problem } from '../core/errors';

/** Bytes that WebCrypto takes: never a view on shared memory. */
export type Bytes = Uint8Array<ArrayBuffer>;

const VERSION = 1;
const NONCE = 12;
const TAG = 16;
const text = new TextEncoder();

/** Options of AES-GCM for a nonce and what the ciphertext is bound to. */
export function gcm(nonce: Bytes, bound: string): AesGcmParams {
  return { name: 'AES-GCM', iv: nonce, additionalData: text.encode(bound) };
}

/** A fresh nonce. */
export function nonce(): Bytes {
  return crypto.getRandomValues(new Uint8Array(NONCE));
}

/** Seals `plain` as the row `name`. */
export async function seal(key: CryptoKey, name: string, plain: Uint8Array): Promise<Bytes> {
  const fresh = nonce();
  const sealed = await crypto.subtle.encrypt(gcm(fresh, name), key, plain as Bytes);
  const row = new Uint8Array(1 + NONCE + sealed.byteLength);
  row[0] = VERSION;
  row.set(fresh, 1);
  row.set(new Uint8Array(sealed), 1 + NONCE);
  return row;
}

/**
 * Opens the row `name`.
 *
 * @throws Problem `row-broken` when it is cut, changed, another row's, or sealed with another key.
 */
export async function unseal(key: CryptoKey, name: string, row: unknown): Promise<Bytes> {
  if (!(row instanceof Uint8Array) || row.length < 1 + NONCE + TAG || row[0] !== VERSION) {
    throw broken();
  }
  const fresh = row.slice(1, 1 + NONCE);
  try {
    return new Uint8Array(await crypto.subtle.decrypt(gcm(fresh, name), key, row.slice(1 + NONCE)));
  } catch (cause) {
    throw broken(cause);
  }
}

function broken(cause?: unknown): Problem {
  return new Problem(
    'row-broken',
    'Part of what is stored on this phone can not be read. It is left as it is. Tell your IT support, and sync if you can.',
    {},
    cause,
  );
}
