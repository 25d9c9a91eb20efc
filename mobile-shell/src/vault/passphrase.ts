/**
 * From a passphrase to a key that wraps the data key: Argon2id, about a second on this phone.
 *
 * The cost is measured once, when the passphrase is set, and stored beside the wrapped key. There is
 * no PIN: whoever copies the phone's files can try short secrets offline, however slow each try is.
 */

import { argon2id } from 'hash-wasm';
import { Problem } from '../core/errors';
import type { Bytes } from './cipher';

/** What Argon2id was told. */
export interface Cost {
  /** Memory in KiB. */
  memoryKib: number;
  /** Passes over it. */
  iterations: number;
  /** 16 random bytes. */
  salt: Bytes;
}

/** Shortest passphrase in characters. */
export const SHORTEST = 12;

const WANTED_MS = 1_000;
/** The cost starts from OWASP's advice and goes up with the phone; bounds also guard stored values. */
const MEMORY_KIB = 64 * 1024;
const LEAST_MEMORY_KIB = 19 * 1024;
const ITERATIONS = { least: 2, start: 3, most: 16 };

/** @throws Problem `weak-passphrase` with what to change. */
export function demandStrength(passphrase: string): void {
  const clean = normalised(passphrase);
  const letters = new Set(clean.toLowerCase());
  if ([...clean].length < SHORTEST || letters.size < 5 || /^[\d\s.-]+$/.test(clean)) {
    throw new Problem(
      'weak-passphrase',
      `Choose a longer passphrase: at least ${SHORTEST} characters, for example three or four unrelated words.`,
    );
  }
}

/** The key for a passphrase. Takes about a second and `memoryKib` of memory. */
export async function keyFrom(passphrase: string, cost: Cost): Promise<CryptoKey> {
  demandSane(cost);
  const bytes = await argon2id({
    password: normalised(passphrase),
    salt: cost.salt,
    memorySize: cost.memoryKib,
    iterations: cost.iterations,
    parallelism: 1,
    hashLength: 32,
    outputType: 'binary',
  });
  const key = await crypto.subtle.importKey('raw', bytes as Bytes, 'AES-GCM', false, ['wrapKey', 'unwrapKey']);
  bytes.fill(0);
  return key;
}

/**
 * A fresh cost for this phone: some second's work. `measure` times one derivation in milliseconds;
 * a phone that can't give the memory gets half of it.
 */
export async function freshCost(measure: (cost: Cost) => Promise<number> = timed): Promise<Cost> {
  const salt = crypto.getRandomValues(new Uint8Array(16));
  for (let memoryKib = MEMORY_KIB; ; memoryKib = Math.max(LEAST_MEMORY_KIB, memoryKib >> 1)) {
    try {
      const took = await measure({ memoryKib, iterations: ITERATIONS.start, salt });
      const fitting = Math.round((ITERATIONS.start * WANTED_MS) / Math.max(took, 1));
      return { memoryKib, iterations: Math.min(Math.max(fitting, ITERATIONS.least), ITERATIONS.most), salt };
    } catch (cause) {
      if (memoryKib === LEAST_MEMORY_KIB) {
        throw cause;
      }
    }
  }
}

async function timed(cost: Cost): Promise<number> {
  const started = performance.now();
  await keyFrom('a measurement', cost);
  return performance.now() - started;
}

/** The same passphrase from different keyboards is the same text; stray spaces at the ends don't count. */
function normalised(passphrase: string): string {
  return passphrase.normalize('NFKC').trim();
}

/** Stored numbers are not trusted: too small ones would weaken a re-wrapped key, huge ones hang the phone. */
function demandSane({ memoryKib, iterations, salt }: Cost): void {
  const fits =
    Number.isInteger(memoryKib) &&
    memoryKib >= LEAST_MEMORY_KIB &&
    memoryKib <= 1024 * 1024 &&
    Number.isInteger(iterations) &&
    iterations >= ITERATIONS.least &&
    iterations <= 64 &&
    salt instanceof Uint8Array &&
    salt.length >= 16;
  if (!fits) {
    throw new Problem('row-broken', 'The lock of this phone is damaged. Tell your IT support.');
  }
}
