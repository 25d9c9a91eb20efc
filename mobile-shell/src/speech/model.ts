/**
 * The speech model on this phone: fetched once from our server, verified, kept for use without network.
 *
 * Invariants: what `open` gives has just been hashed (the engine aborts on some damaged files); a model is `ready`
 * only after all of it was hashed; one that is wrong is said to be `corrupt`, and replaced at the next fetch; what was
 * fetched stays where a fetch breaks off.
 *
 * Not here: how it is kept (model-parts.ts) and asked for (model-fetch.ts).
 */

import { createSHA256 } from 'hash-wasm';
import { type Fetch, fetchParts, readOffer } from './model-fetch';
import { cachedParts, type Kept, type ModelParts, PART, partLength, partsOf } from './model-parts';
import { ModelError } from './speech-errors';
import type { ModelOffer, ModelState, ModelStore } from './transcriber-api';

const DEFAULT_NAME = 'tiny.en-q5_1';

export interface ModelOptions {
  /** The server's address; the app's own by default. */
  base?: string;
  name?: string;
  /** For tests. */
  parts?: ModelParts;
  fetch?: Fetch;
}

/** Made once. @see ModelStore */
export function createModelStore(options: ModelOptions = {}): ModelStore {
  const { base = '', name = DEFAULT_NAME } = options;
  const parts = options.parts ?? cachedParts();
  const fetch = options.fetch ?? ((address, init) => globalThis.fetch(address, init));

  const state = async (): Promise<ModelState> => {
    const kept = await parts.kept();
    if (kept === undefined || kept.name !== name) {
      return { state: 'missing', bytes: 0, total: kept?.bytes ?? 0 };
    }
    if (kept.is === 'corrupt') {
      return { state: 'corrupt', bytes: 0, total: kept.bytes };
    }
    const bytes = await fetchedBytes(parts, kept);
    if (kept.is === 'whole') {
      // The browser may have thrown parts away.
      return bytes === kept.bytes ? ready(kept) : { state: 'corrupt', bytes, total: kept.bytes };
    }
    return bytes === 0 ? { state: 'missing', bytes: 0, total: kept.bytes } : { state: 'fetching', bytes, total: kept.bytes };
  };

  /** All bytes, if they are the model; else it is marked corrupt. */
  const verified = async (kept: Kept): Promise<Uint8Array<ArrayBuffer> | undefined> => {
    const whole = new Uint8Array(kept.bytes);
    const hash = await createSHA256();
    for (let number = 0; number < partsOf(kept.bytes); number++) {
      const bytes = await parts.read(kept.sha256, number, partLength(kept.bytes, number));
      if (bytes === undefined) {
        await parts.keep({ ...kept, is: 'corrupt' });
        return undefined;
      }
      hash.update(bytes);
      whole.set(bytes, number * PART);
    }
    if (hash.digest('hex') !== kept.sha256) {
      await parts.keep({ ...kept, is: 'corrupt' });
      return undefined;
    }
    return whole;
  };

  const fetchModel = async (onState: (state: ModelState) => void, signal: AbortSignal | undefined): Promise<ModelState> => {
    const before = await state();
    if (before.state === 'ready') {
      return before;
    }
    const offer = await readOffer(fetch, base, name, signal);
    const kept = await begin(parts, offer);
    let bytes = await fetchedBytes(parts, kept);
    onState({ state: 'fetching', bytes, total: kept.bytes });
    if (bytes < kept.bytes) {
      try {
        for await (const part of fetchParts(fetch, base, offer, bytes / PART, signal)) {
          await stored(parts.write(kept.sha256, part.number, part.bytes));
          bytes += part.bytes.length;
          onState({ state: 'fetching', bytes, total: kept.bytes });
        }
      } catch (error) {
        if (error instanceof ModelError && error.code === 'corrupt') {
          await parts.keep({ ...kept, is: 'corrupt' });
        }
        throw error;
      }
    }
    if ((await verified(kept)) === undefined) {
      onState({ state: 'corrupt', bytes: 0, total: kept.bytes });
      throw new ModelError('corrupt');
    }
    await stored(parts.keep({ ...kept, is: 'whole' }));
    const after = ready(kept);
    onState(after);
    return after;
  };

  let fetching: Promise<ModelState> | undefined;

  return {
    state,
    fetch(onState = () => undefined, signal) {
      // Asked twice, fetched once: the second asker learns the outcome.
      fetching ??= fetchModel(onState, signal).finally(() => (fetching = undefined));
      return fetching;
    },
    async open() {
      const kept = await parts.kept();
      if (kept?.is !== 'whole' || kept.name !== name) {
        return undefined;
      }
      const bytes = await verified(kept);
      return bytes === undefined ? undefined : { bytes, stamp: { name: kept.name, sha256: kept.sha256 } };
    },
    remove: () => parts.removeAll(),
  };
}

/** Goes on with what is there if it is of the same model, else begins anew. */
async function begin(parts: ModelParts, offer: ModelOffer): Promise<Kept> {
  const kept = await parts.kept();
  if (kept?.is === 'partial' && kept.sha256 === offer.sha256 && kept.bytes === offer.bytes && kept.name === offer.name) {
    return kept;
  }
  await parts.removeAll();
  const fresh: Kept = { name: offer.name, sha256: offer.sha256, bytes: offer.bytes, is: 'partial' };
  await stored(parts.keep(fresh));
  return fresh;
}

/** Bytes of whole parts from the first on. */
async function fetchedBytes(parts: ModelParts, kept: Kept): Promise<number> {
  let number = 0;
  while (number < partsOf(kept.bytes) && (await parts.has(kept.sha256, number))) {
    number++;
  }
  return Math.min(number * PART, kept.bytes);
}

const ready = (kept: Kept): ModelState => ({
  state: 'ready', bytes: kept.bytes, total: kept.bytes, stamp: { name: kept.name, sha256: kept.sha256 },
});

async function stored(write: Promise<void>): Promise<void> {
  try {
    await write;
  } catch (error) {
    throw new ModelError('storage-full', { cause: error });
  }
}
