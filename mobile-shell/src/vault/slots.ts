/**
 * The data key and the ways to it. The key exists only wrapped, once per slot; unwrapped it can't be
 * read out (non-extractable), so that not even the worker holds its bytes.
 */

import { Problem } from '../core/errors';
import { type Bytes, gcm, nonce } from './cipher';
import { type Cost, freshCost, keyFrom } from './passphrase';

/** One way to the data key. */
export type Slot =
  | { kind: 'passphrase'; cost: Cost; nonce: Bytes; wrapped: Bytes }
  /** `salt` is what the authenticator's pseudo-random function is asked with. */
  | { kind: 'passkey'; credential: Bytes; salt: Bytes; nonce: Bytes; wrapped: Bytes };

const ALGORITHM = { name: 'AES-GCM', length: 256 };
const USES: KeyUsage[] = ['encrypt', 'decrypt', 'wrapKey', 'unwrapKey'];

/** A new data key behind a passphrase. `measured`: the cost that fits this phone. */
export async function firstSlot(passphrase: string, measured: () => Promise<Cost> = freshCost): Promise<{ slot: Slot; key: CryptoKey }> {
  const cost = await measured();
  const wrapping = await keyFrom(passphrase, cost);
  const fresh = await crypto.subtle.generateKey(ALGORITHM, true, USES);
  const slot = await passphraseSlot(fresh, wrapping, cost);
  return { slot, key: await unwrap(slot, wrapping, false) };
}

/**
 * Opens a passphrase slot.
 *
 * @throws Problem `wrong-passphrase`.
 */
export async function openWithPassphrase(slots: readonly Slot[], passphrase: string): Promise<CryptoKey> {
  const slot = passphraseOf(slots);
  return unwrap(slot, await keyFrom(passphrase, slot.cost), false);
}

/** Opens a passkey slot with the 32 bytes that its authenticator gave for the slot's salt. */
export async function openWithPasskey(slots: readonly Slot[], credential: Uint8Array, secret: Bytes): Promise<CryptoKey> {
  const slot = slots.find((it) => it.kind === 'passkey' && same(it.credential, credential));
  if (slot === undefined) {
    throw new Problem('passkey-cancelled', 'This passkey does not open this phone. Use your passphrase.');
  }
  return unwrap(slot, await passkeyWrapping(secret), false);
}

/** A slot for a passkey, made with the passphrase at hand. */
export async function addPasskeySlot(
  slots: readonly Slot[],
  passphrase: string,
  passkey: { credential: Bytes; salt: Bytes; secret: Bytes },
): Promise<Slot[]> {
  const fresh = nonce();
  const key = await extractable(slots, passphrase);
  const wrapping = await passkeyWrapping(passkey.secret);
  const wrapped = new Uint8Array(await crypto.subtle.wrapKey('raw', key, wrapping, gcm(fresh, 'slot/passkey')));
  const { credential, salt } = passkey;
  const others = slots.filter((it) => !(it.kind === 'passkey' && same(it.credential, credential)));
  return [...others, { kind: 'passkey', credential, salt, nonce: fresh, wrapped }];
}

/** The slots after a change of passphrase. Passkeys stay. */
export async function changePassphrase(
  slots: readonly Slot[],
  old: string,
  fresh: string,
  measured: () => Promise<Cost> = freshCost,
): Promise<Slot[]> {
  const key = await extractable(slots, old);
  const cost = await measured();
  const slot = await passphraseSlot(key, await keyFrom(fresh, cost), cost);
  return [slot, ...slots.filter((it) => it.kind !== 'passphrase')];
}

/** Salts by credential, for the page to ask the authenticator with. */
export function passkeys(slots: readonly Slot[]): { credential: Bytes; salt: Bytes }[] {
  return slots.flatMap((it) => (it.kind === 'passkey' ? [{ credential: it.credential, salt: it.salt }] : []));
}

async function passphraseSlot(key: CryptoKey, wrapping: CryptoKey, cost: Cost): Promise<Slot> {
  const fresh = nonce();
  const wrapped = new Uint8Array(await crypto.subtle.wrapKey('raw', key, wrapping, gcm(fresh, 'slot/passphrase')));
  return { kind: 'passphrase', cost, nonce: fresh, wrapped };
}

/** The data key in a form that can be wrapped anew; let go of it at once. */
async function extractable(slots: readonly Slot[], passphrase: string): Promise<CryptoKey> {
  const slot = passphraseOf(slots);
  return unwrap(slot, await keyFrom(passphrase, slot.cost), true);
}

function passphraseOf(slots: readonly Slot[]): Slot & { kind: 'passphrase' } {
  const slot = slots.find((it) => it.kind === 'passphrase');
  if (slot === undefined) {
    throw new Problem('row-broken', 'The lock of this phone is damaged. Tell your IT support.');
  }
  return slot;
}

async function unwrap(slot: Slot, wrapping: CryptoKey, canExport: boolean): Promise<CryptoKey> {
  const how = gcm(slot.nonce, `slot/${slot.kind}`);
  try {
    return await crypto.subtle.unwrapKey('raw', slot.wrapped, wrapping, how, ALGORITHM, canExport, USES);
  } catch (cause) {
    throw slot.kind === 'passphrase'
      ? new Problem('wrong-passphrase', 'That passphrase is not right. Try again.', {}, cause)
      : new Problem('passkey-cancelled', 'The passkey did not open this phone. Use your passphrase.', {}, cause);
  }
}

async function passkeyWrapping(secret: Bytes): Promise<CryptoKey> {
  const base = await crypto.subtle.importKey('raw', secret, 'HKDF', false, ['deriveKey']);
  const info = new TextEncoder().encode('family-workbook passkey slot');
  const how = { name: 'HKDF', hash: 'SHA-256', salt: new Uint8Array(32), info };
  return crypto.subtle.deriveKey(how, base, ALGORITHM, false, ['wrapKey', 'unwrapKey']);
}

function same(one: Uint8Array, other: Uint8Array): boolean {
  return one.length === other.length && one.every((byte, at) => byte === other[at]);
}
