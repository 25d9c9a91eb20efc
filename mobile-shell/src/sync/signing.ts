/**
 * The device's key: Ed25519, made here. Its private half is stored only wrapped by the data key, and
 * what is used for signing can't be read out. So whoever copies the phone's files can't speak to the
 * server in its name; a locked phone can't either.
 */

import { Problem } from '../core/errors';
import { type Bytes, gcm, nonce } from '../vault/cipher';
import { base64, fromBase64 } from '../vault/rescue';

/** The row of the wrapped key. Sealed once more like every row. */
export const KEY_ROW = 'shell/signing-key';

const ALGORITHM = { name: 'Ed25519' };

/** A new pair of keys: the public half for the server, the private half wrapped for the vault. */
export async function newDeviceKey(dataKey: CryptoKey): Promise<{ publicKey: string; row: Bytes }> {
  let pair: CryptoKeyPair;
  try {
    pair = (await crypto.subtle.generateKey(ALGORITHM, true, ['sign', 'verify'])) as CryptoKeyPair;
  } catch (cause) {
    throw new Problem('unsupported', 'This browser is too old for the app. Update it, or use an up-to-date Chrome, Edge or Safari.', {}, cause);
  }
  const iv = nonce();
  const publicKey = base64(new Uint8Array(await crypto.subtle.exportKey('raw', pair.publicKey)));
  const wrapped = await crypto.subtle.wrapKey('pkcs8', pair.privateKey, dataKey, gcm(iv, KEY_ROW));
  const row = new TextEncoder().encode(JSON.stringify({ nonce: base64(iv), wrapped: base64(new Uint8Array(wrapped)) }));
  return { publicKey, row };
}

/** The key for signing, which can't be read out. @throws Problem `row-broken`. */
export async function openDeviceKey(dataKey: CryptoKey, row: Uint8Array): Promise<CryptoKey> {
  try {
    const stored = JSON.parse(new TextDecoder().decode(row)) as { nonce: string; wrapped: string };
    const how = gcm(fromBase64(stored.nonce), KEY_ROW);
    return await crypto.subtle.unwrapKey('pkcs8', fromBase64(stored.wrapped), dataKey, how, ALGORITHM, false, ['sign']);
  } catch (cause) {
    throw new Problem('row-broken', 'This phone’s key is damaged. Your work is still here: export it, then enrol this phone again.', {}, cause);
  }
}

/** The three headers of a signed request. `text` is what `signingText` of the core made for `millis`. */
export async function signedHeaders(key: CryptoKey, device: string, millis: number, text: string): Promise<Record<string, string>> {
  const signature = await crypto.subtle.sign(ALGORITHM, key, new TextEncoder().encode(text));
  return { 'x-device': device, 'x-time': String(millis), 'x-signature': base64(new Uint8Array(signature)) };
}
