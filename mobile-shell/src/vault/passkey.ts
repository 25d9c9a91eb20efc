/**
 * Passkeys in the page: the phone's own lock gives 32 secret bytes (WebAuthn's PRF extension), which
 * the worker turns into a way to the data key. Nothing is sent to any server.
 */

import { Problem } from '../core/errors';
import type { Bytes } from './cipher';

/** A passkey of this phone, with the secret for its salt. */
export interface Passkey {
  credential: Bytes;
  salt: Bytes;
  secret: Bytes;
}

const LIMIT_MS = 60_000;
const random = (length: number) => crypto.getRandomValues(new Uint8Array(length));

/** Whether this browser is likely able to. */
export async function passkeyPossible(): Promise<boolean> {
  try {
    const able = await PublicKeyCredential.isUserVerifyingPlatformAuthenticatorAvailable();
    const { getClientCapabilities } = PublicKeyCredential as unknown as {
      getClientCapabilities?: () => Promise<Record<string, boolean>>;
    };
    const capabilities = await getClientCapabilities?.call(PublicKeyCredential);
    return able && capabilities?.['extension:prf'] !== false;
  } catch {
    return false;
  }
}

/** Makes a passkey. `device` names it in the phone's list; no personal data. */
export async function makePasskey(): Promise<Passkey> {
  const salt = random(32);
  const made = await asked(() =>
    navigator.credentials.create({
      publicKey: {
        challenge: random(32),
        rp: { name: 'Family Workbook', id: location.hostname },
        user: { id: random(16), name: 'Family Workbook on this phone', displayName: 'Family Workbook on this phone' },
        pubKeyCredParams: [
          { type: 'public-key', alg: -7 },
          { type: 'public-key', alg: -257 },
        ],
        authenticatorSelection: { residentKey: 'preferred', userVerification: 'required', authenticatorAttachment: 'platform' },
        attestation: 'none',
        timeout: LIMIT_MS,
        extensions: { prf: { eval: { first: salt } } },
      },
    }),
  );
  const credential = new Uint8Array(made.rawId);
  const results = made.getClientExtensionResults().prf;
  if (results?.enabled === false) {
    throw unsupported();
  }
  const first = results?.results?.first;
  // Many authenticators give the secret only when they are asked a second time.
  return first === undefined
    ? openPasskey([{ credential, salt }])
    : { credential, salt, secret: bytesOf(first) };
}

/** Asks the phone to open one of these. */
export async function openPasskey(known: readonly { credential: Bytes; salt: Bytes }[]): Promise<Passkey> {
  const evalByCredential = Object.fromEntries(known.map(({ credential, salt }) => [base64url(credential), { first: salt }]));
  const got = await asked(() =>
    navigator.credentials.get({
      publicKey: {
        challenge: random(32),
        rpId: location.hostname,
        allowCredentials: known.map(({ credential }) => ({ type: 'public-key', id: credential })),
        userVerification: 'required',
        timeout: LIMIT_MS,
        extensions: { prf: { evalByCredential } },
      },
    }),
  );
  const credential = new Uint8Array(got.rawId);
  const first = got.getClientExtensionResults().prf?.results?.first;
  const salt = known.find((it) => base64url(it.credential) === base64url(credential))?.salt;
  if (first === undefined || salt === undefined) {
    throw unsupported();
  }
  return { credential, salt, secret: bytesOf(first) };
}

async function asked(ask: () => Promise<Credential | null>): Promise<PublicKeyCredential> {
  try {
    const credential = await ask();
    if (credential instanceof PublicKeyCredential) {
      return credential;
    }
  } catch (cause) {
    const { name } = cause as DOMException;
    if (name === 'NotSupportedError' || name === 'SecurityError' || name === 'TypeError') {
      throw unsupported(cause);
    }
    throw new Problem('passkey-cancelled', 'The phone’s lock did not open it. Try again, or use your passphrase.', {}, cause);
  }
  throw new Problem('passkey-cancelled', 'The phone’s lock did not open it. Try again, or use your passphrase.');
}

function unsupported(cause?: unknown): Problem {
  return new Problem('passkey-unsupported', 'This phone or browser can not open the app with its own lock. Use your passphrase.', {}, cause);
}

function bytesOf(source: BufferSource): Bytes {
  return source instanceof ArrayBuffer
    ? new Uint8Array(source.slice(0))
    : new Uint8Array(source.buffer.slice(source.byteOffset, source.byteOffset + source.byteLength) as ArrayBuffer);
}

function base64url(bytes: Uint8Array): string {
  return btoa(String.fromCharCode(...bytes)).replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '');
}
