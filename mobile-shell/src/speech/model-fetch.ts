/** Bytes from the server in whole parts, from a given one on. Knows no storage. */

import { ModelError } from './speech-errors';
import { PART } from './model-parts';
import type { ModelOffer } from './transcriber-api';

/** What is used of `fetch`. */
export type Fetch = (address: string, options: RequestInit) => Promise<Response>;

/** What the server offers under this name. @throws ModelError `no-connection`, `not-offered` */
export async function readOffer(fetch: Fetch, base: string, name: string, signal: AbortSignal | undefined): Promise<ModelOffer> {
  const response = await reach(fetch(`${base}/api/models`, { ...(signal && { signal }), cache: 'no-store' }), signal);
  if (!response.ok) {
    throw new ModelError(response.status === 404 ? 'not-offered' : 'no-connection');
  }
  const offers = await reach(response.json() as Promise<ModelOffer[]>, signal);
  const offer = offers.find((it) => it.name === name);
  if (offer === undefined || !/^[0-9a-f]{64}$/.test(offer.sha256) || !(offer.bytes > 0)) {
    throw new ModelError('not-offered');
  }
  return offer;
}

/**
 * The parts of an offered model from number `first` on, one after the other; the last may be shorter.
 * @throws ModelError `no-connection`, `cancelled`, and `corrupt` if there are more or fewer bytes than offered
 */
export async function* fetchParts(
  fetch: Fetch, base: string, offer: ModelOffer, first: number, signal: AbortSignal | undefined,
): AsyncGenerator<{ number: number; bytes: Uint8Array<ArrayBuffer> }> {
  const start = first * PART;
  const address = `${base}/api/models/${encodeURIComponent(offer.name)}`;
  const options: RequestInit = { cache: 'no-store', headers: start > 0 ? { range: `bytes=${start}-` } : {}, ...(signal && { signal }) };
  const response = await reach(fetch(address, options), signal);
  if (!response.ok || response.body === null) {
    throw new ModelError('no-connection');
  }
  // A server that doesn't know ranges sends everything from the start.
  let skip = start > 0 && response.status !== 206 ? start : 0;
  const part = new Uint8Array(PART);
  let filled = 0;
  let number = first;
  const reader = response.body.getReader();
  for (;;) {
    const { done, value } = await reach(reader.read(), signal);
    if (done) break;
    let rest = value.subarray(Math.min(skip, value.length));
    skip -= value.length - rest.length;
    while (rest.length > 0) {
      const taken = rest.subarray(0, PART - filled);
      part.set(taken, filled);
      filled += taken.length;
      rest = rest.subarray(taken.length);
      if (number * PART + filled > offer.bytes) {
        await reader.cancel();
        throw new ModelError('corrupt');
      }
      if (filled === PART) {
        yield { number, bytes: part.slice() };
        number += 1;
        filled = 0;
      }
    }
  }
  if (number * PART + filled < offer.bytes) {
    // The connection ended early; whole parts were handed over.
    throw new ModelError('no-connection');
  }
  if (filled > 0) {
    yield { number, bytes: part.slice(0, filled) };
  }
}

/** Network errors as ours. */
async function reach<T>(answer: Promise<T>, signal: AbortSignal | undefined): Promise<T> {
  try {
    return await answer;
  } catch (error) {
    throw new ModelError(signal?.aborted === true ? 'cancelled' : 'no-connection', { cause: error });
  }
}
