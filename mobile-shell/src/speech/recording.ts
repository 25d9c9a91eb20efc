/**
 * A recording in the vault: a head with its own wrapped key, a row for each second, windows of
 * transcript, the whole transcript, and an end.
 *
 * Invariants: every second but the last holds exactly 16,000 samples, so that a sample's row is known
 * without reading the others. All but the head is sealed with the recording's own key: recording and
 * transcribing go on while the record is locked, and can't open anything else. Deleting the head
 * makes the rest unreadable.
 */

import type { RecordingCard } from '../core/app';
import { Problem } from '../core/errors';
import type { Transcript } from '../core/generated/types';
import { createSHA256 } from 'hash-wasm';
import { type Bytes, gcm, nonce, seal } from '../vault/cipher';
import { base64, fromBase64 } from '../vault/rescue';
import type { Rows } from '../vault/rows';
import { fromBytes, RATE, toBytes } from './pcm';
import type { HeardWindow, SpokenAudio } from './transcriber-api';

const ALGORITHM = { name: 'AES-GCM', length: 256 };
const SECOND = /^recording\/([^/]+)\/(\d{6})$/;

interface Head {
  family: string;
  begunAt: number;
  /** The recording's key, wrapped by the data key: nonce and ciphertext in base64. */
  key: string;
}

/** A recording whose key is at hand. */
export interface OpenRecording {
  id: string;
  family: string;
  begunAt: number;
  key: CryptoKey;
}

const seconds = (id: string, second: number) => `recording/${id}/${String(second).padStart(6, '0')}`;
const windows = (id: string, number: number) => `transcript/${id}/${String(number).padStart(4, '0')}`;
const json = (value: unknown) => new TextEncoder().encode(JSON.stringify(value));
const parsed = (bytes: Uint8Array): unknown => JSON.parse(new TextDecoder().decode(bytes));

/** Recordings in one vault's rows. */
export class Recordings {
  readonly #rows: Rows;

  constructor(rows: Rows) {
    this.#rows = rows;
  }

  /** Makes a recording; its head is stored when this returns. */
  async begin(dataKey: CryptoKey, id: string, family: string, begunAt: number): Promise<OpenRecording> {
    const name = `recording/${id}/head`;
    const iv = nonce();
    const fresh = await crypto.subtle.generateKey(ALGORITHM, true, ['encrypt', 'decrypt']);
    const wrapped = new Uint8Array(await crypto.subtle.wrapKey('raw', fresh, dataKey, gcm(iv, `${name}/key`)));
    const both = new Uint8Array([...iv, ...wrapped]);
    const head: Head = { family, begunAt, key: base64(both) };
    await this.#rows.write({ put: [{ key: name, sealed: await seal(dataKey, name, json(head)) }], delete: [] });
    return { id, family, begunAt, key: await unwrap(dataKey, name, both) };
  }

  /** Opens one. @throws Problem `not-found`, `row-broken`. */
  async open(dataKey: CryptoKey, id: string): Promise<OpenRecording> {
    const name = `recording/${id}/head`;
    const bytes = await this.#rows.read(dataKey, name);
    if (bytes === undefined) {
      throw new Problem('not-found', 'This recording is not on this phone any more.');
    }
    const { family, begunAt, key } = parsed(bytes) as Head;
    return { id, family, begunAt, key: await unwrap(dataKey, name, fromBase64(key)) };
  }

  /** Stores a second, or for now its beginning. */
  async store({ id, key }: OpenRecording, second: number, pcm: Int16Array): Promise<void> {
    if (pcm.length === 0 || pcm.length > RATE || !Number.isInteger(second) || second < 0 || second > 999_999) {
      throw new RangeError('not a second of sound');
    }
    const name = seconds(id, second);
    await this.#rows.write({ put: [{ key: name, sealed: await seal(key, name, toBytes(pcm)) }], delete: [] });
  }

  /** Marks it as finished. */
  async finish({ id, key }: OpenRecording): Promise<void> {
    const name = `recording/${id}/end`;
    await this.#rows.write({ put: [{ key: name, sealed: await seal(key, name, json({ samples: (await this.audio({ id, key })).samples })) }], delete: [] });
  }

  /** How far it got: whole seconds, and what there is of the one after. */
  async reached({ id, key }: Pick<OpenRecording, 'id' | 'key'>): Promise<{ seconds: number; tail: Int16Array }> {
    const last = (await this.#secondsOf(id)).at(-1);
    if (last === undefined) {
      return { seconds: 0, tail: new Int16Array(0) };
    }
    const pcm = await this.#second(id, key, last);
    return pcm.length === RATE ? { seconds: last + 1, tail: new Int16Array(0) } : { seconds: last, tail: pcm };
  }

  /** Its sound, read in pieces. A second that is missing or damaged is silence, so that the rest can be heard. */
  async audio({ id, key }: Pick<OpenRecording, 'id' | 'key'>): Promise<SpokenAudio> {
    const { seconds: whole, tail } = await this.reached({ id, key });
    const samples = whole * RATE + tail.length;
    return {
      samples,
      read: async (start, end) => {
        const [from, to] = [Math.max(0, Math.min(start, samples)), Math.max(0, Math.min(end, samples))];
        const out = new Int16Array(Math.max(0, to - from));
        for (let second = Math.floor(from / RATE); second * RATE < to; second++) {
          const pcm = await this.#second(id, key, second);
          const [begin, stop] = [Math.max(from, second * RATE), Math.min(to, second * RATE + pcm.length)];
          if (stop > begin) {
            out.set(pcm.subarray(begin - second * RATE, stop - second * RATE), begin - from);
          }
        }
        return out;
      },
    };
  }

  /** SHA-256 of the 16-bit samples in lower-case hex, for the entry's provenance. */
  async fingerprint(recording: OpenRecording): Promise<{ sha256: string; ms: number }> {
    const audio = await this.audio(recording);
    const hash = await createSHA256();
    for (let at = 0; at < audio.samples; at += RATE) {
      hash.update(toBytes(await audio.read(at, at + RATE)));
    }
    return { sha256: hash.digest('hex'), ms: Math.round((audio.samples * 1000) / RATE) };
  }

  /** Windows of transcript that were stored before. Unreadable ones are left out: they are made again. */
  async windows({ id, key }: OpenRecording): Promise<HeardWindow[]> {
    const names = (await this.#rows.keys(`transcript/${id}/`)).filter((it) => /\/\d{4}$/.test(it));
    const found = await Promise.all(
      names.map(async (name) => {
        try {
          const bytes = await this.#rows.read(key, name);
          return bytes === undefined ? [] : [parsed(bytes) as HeardWindow];
        } catch {
          return [];
        }
      }),
    );
    return found.flat();
  }

  async storeWindow({ id, key }: OpenRecording, window: HeardWindow): Promise<void> {
    const name = windows(id, window.number);
    await this.#rows.write({ put: [{ key: name, sealed: await seal(key, name, json(window)) }], delete: [] });
  }

  /** Stores the whole transcript. The windows stay until the recording goes. */
  async storeTranscript({ id, key }: OpenRecording, transcript: Transcript): Promise<void> {
    const name = `transcript/${id}/whole`;
    await this.#rows.write({ put: [{ key: name, sealed: await seal(key, name, json(transcript)) }], delete: [] });
  }

  async transcript({ id, key }: OpenRecording): Promise<Transcript | undefined> {
    const bytes = await this.#rows.read(key, `transcript/${id}/whole`);
    return bytes === undefined ? undefined : (parsed(bytes) as Transcript);
  }

  /** Deletes a recording with its key and its text. */
  async destroy(id: string): Promise<void> {
    await this.#rows.write({ put: [], delete: [`recording/${id}/`, `transcript/${id}/`] });
  }

  /** Every recording whose head can be read, oldest first. `drafts`: recording to draft. */
  async cards(dataKey: CryptoKey, drafts: ReadonlyMap<string, string>): Promise<RecordingCard[]> {
    const ids = (await this.#rows.keys('recording/')).flatMap((key) => /^recording\/([^/]+)\/head$/.exec(key)?.[1] ?? []);
    const cards = await Promise.all(ids.map((id) => this.card(dataKey, id, drafts.get(id)).catch(() => undefined)));
    return cards.filter((it) => it !== undefined).sort((a, b) => a.begunAt - b.begunAt);
  }

  async card(dataKey: CryptoKey, id: string, draft?: string): Promise<RecordingCard> {
    return this.cardOf(await this.open(dataKey, id), draft);
  }

  async cardOf(recording: OpenRecording, draft?: string): Promise<RecordingCard> {
    const { id, family, begunAt } = recording;
    const keys = new Set([...(await this.#rows.keys(`recording/${id}/`)), ...(await this.#rows.keys(`transcript/${id}/`))]);
    const transcribed = keys.has(`transcript/${id}/whole`);
    const count = [...keys].filter((key) => SECOND.test(key)).length;
    const reached = transcribed ? count : Math.floor(Math.max(0, ...(await this.windows(recording)).map((it) => it.window.end)) / RATE);
    return {
      id,
      family,
      begunAt,
      seconds: count,
      finished: keys.has(`recording/${id}/end`),
      transcribedSeconds: reached,
      transcribed,
      ...(draft === undefined ? {} : { draft }),
    };
  }

  async #secondsOf(id: string): Promise<number[]> {
    return (await this.#rows.keys(`recording/${id}/`)).flatMap((key) => {
      const second = SECOND.exec(key)?.[2];
      return second === undefined ? [] : [Number(second)];
    });
  }

  async #second(id: string, key: CryptoKey, second: number): Promise<Int16Array> {
    try {
      const bytes = await this.#rows.read(key, seconds(id, second));
      return bytes === undefined ? new Int16Array(RATE) : fromBytes(bytes).subarray(0, RATE);
    } catch (cause) {
      if (cause instanceof Problem && cause.code === 'row-broken') {
        return new Int16Array(RATE);
      }
      throw cause;
    }
  }
}

async function unwrap(dataKey: CryptoKey, name: string, both: Bytes): Promise<CryptoKey> {
  try {
    const how = gcm(both.slice(0, 12), `${name}/key`);
    return await crypto.subtle.unwrapKey('raw', both.slice(12), dataKey, how, ALGORITHM, false, ['encrypt', 'decrypt']);
  } catch (cause) {
    throw new Problem('row-broken', 'This recording is damaged and can not be opened. Tell your IT support.', {}, cause);
  }
}

