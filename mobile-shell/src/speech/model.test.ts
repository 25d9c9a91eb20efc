import { createHash } from 'node:crypto';
import { beforeEach, describe, expect, it } from 'vitest';
import { createModelStore } from './model';
import { type Kept, type ModelParts, PART } from './model-parts';
import type { ModelState } from './transcriber-api';

const BYTES = new Uint8Array(3 * PART + 1234).map((_, at) => (at * 7 + (at >> 10)) & 255);
const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');
const OFFER = { name: 'tiny.en-q5_1', file: 'ggml-tiny.en-q5_1.bin', sha256: sha256(BYTES), bytes: BYTES.length };

class Parts implements ModelParts {
  about: Kept | undefined;
  parts = new Map<string, Uint8Array<ArrayBuffer>>();
  full = false;
  kept = async () => this.about;
  keep = async (kept: Kept) => void (this.about = kept);
  read = async (hash: string, number: number, length: number) => {
    const part = this.parts.get(`${hash}/${number}`);
    return part?.length === length ? part : undefined;
  };
  write = async (hash: string, number: number, bytes: Uint8Array<ArrayBuffer>) => {
    if (this.full) throw new DOMException('no space', 'QuotaExceededError');
    this.parts.set(`${hash}/${number}`, bytes);
  };
  has = async (hash: string, number: number) => this.parts.has(`${hash}/${number}`);
  removeAll = async () => {
    this.parts.clear();
    this.about = undefined;
  };
}

/** A server that can break off, ignore ranges, or send something else. */
class Server {
  offers: unknown = [OFFER];
  bytes = BYTES;
  breakAfter = Infinity;
  knowsRanges = true;
  asked: string[] = [];
  fetch = async (address: string, options: RequestInit): Promise<Response> => {
    options.signal?.throwIfAborted();
    if (address.endsWith('/api/models')) return Response.json(this.offers);
    const range = new Headers(options.headers).get('range') ?? '';
    this.asked.push(range);
    const start = this.knowsRanges ? Number(/bytes=(\d+)-/.exec(range)?.[1] ?? 0) : 0;
    const { bytes, breakAfter } = this;
    let at = start;
    const body = new ReadableStream<Uint8Array>({
      pull(controller) {
        if (at - start >= breakAfter) return controller.error(new TypeError('network'));
        if (at >= bytes.length) return controller.close();
        controller.enqueue(bytes.slice(at, at + 300_001));
        at += 300_001;
      },
    });
    return new Response(body, { status: start > 0 ? 206 : 200 });
  };
}

let parts: Parts;
let server: Server;
const store = () => createModelStore({ parts, fetch: server.fetch });

beforeEach(() => {
  parts = new Parts();
  server = new Server();
});

describe('the speech model', () => {
  it('is missing, then fetched, verified and ready, and opens with its bytes', async () => {
    expect(await store().state()).toEqual({ state: 'missing', bytes: 0, total: 0 });
    const seen: ModelState[] = [];
    const stamp = { name: OFFER.name, sha256: OFFER.sha256 };
    expect(await store().fetch((it) => seen.push(it))).toEqual({ state: 'ready', bytes: BYTES.length, total: BYTES.length, stamp });
    expect(seen.map((it) => [it.state, it.bytes])).toEqual([
      ['fetching', 0], ['fetching', PART], ['fetching', 2 * PART], ['fetching', 3 * PART],
      ['fetching', BYTES.length], ['ready', BYTES.length],
    ]);
    const opened = await store().open();
    expect(opened?.stamp).toEqual(stamp);
    expect(sha256(opened?.bytes ?? new Uint8Array())).toBe(OFFER.sha256);
  });

  it.each([true, false])('goes on where a fetch broke off (server knows ranges: %s)', async (knowsRanges) => {
    server.knowsRanges = knowsRanges;
    server.breakAfter = 1.5 * PART;
    await expect(store().fetch()).rejects.toMatchObject({ code: 'no-connection' });
    expect(await store().state()).toEqual({ state: 'fetching', bytes: PART, total: BYTES.length });
    server.breakAfter = Infinity;
    expect((await store().fetch()).state).toBe('ready');
    expect(server.asked).toEqual(['', `bytes=${PART}-`]);
    expect((await store().open())?.bytes.length).toBe(BYTES.length);
  });

  it('that arrives damaged is thrown away, said to be corrupt, and fetched anew', async () => {
    server.bytes = BYTES.slice();
    server.bytes[PART + 5]! ^= 1;
    await expect(store().fetch()).rejects.toMatchObject({ code: 'corrupt' });
    expect((await store().state()).state).toBe('corrupt');
    expect(await store().open()).toBeUndefined();
    server.bytes = BYTES;
    expect((await store().fetch()).state).toBe('ready');
  });

  it('longer than offered is refused before it fills the phone', async () => {
    server.bytes = new Uint8Array(30 * PART);
    await expect(store().fetch()).rejects.toMatchObject({ code: 'corrupt' });
    expect(parts.parts.size).toBeLessThanOrEqual(4);
    expect((await store().state()).state).toBe('corrupt');
  });

  it('damaged on the phone is noticed when it is opened', async () => {
    await store().fetch();
    const part = parts.parts.get(`${OFFER.sha256}/2`);
    part![77]! ^= 128;
    expect((await store().state()).state).toBe('ready');
    expect(await store().open()).toBeUndefined();
    expect((await store().state()).state).toBe('corrupt');
    expect((await store().fetch()).state).toBe('ready');
  });

  it('of which the browser threw a part away is corrupt', async () => {
    await store().fetch();
    parts.parts.delete(`${OFFER.sha256}/1`);
    expect((await store().state()).state).toBe('corrupt');
    expect(await store().open()).toBeUndefined();
  });

  it('is begun anew when the server offers another', async () => {
    server.breakAfter = 1.5 * PART;
    await expect(store().fetch()).rejects.toThrow();
    const other = BYTES.map((byte) => byte ^ 255);
    server.breakAfter = Infinity;
    server.bytes = other;
    server.offers = [{ ...OFFER, sha256: sha256(other) }];
    expect((await store().fetch()).state).toBe('ready');
    expect(server.asked).toEqual(['', '']);
  });

  it('fails with a reason when storage is full, the fetch is stopped, or nothing is offered', async () => {
    parts.full = true;
    await expect(store().fetch()).rejects.toMatchObject({ code: 'storage-full' });
    parts.full = false;
    await expect(store().fetch(undefined, AbortSignal.abort())).rejects.toMatchObject({ code: 'cancelled' });
    server.offers = [];
    await expect(store().fetch()).rejects.toMatchObject({ code: 'not-offered' });
  });

  it('asked for twice at once is fetched once', async () => {
    const one = store();
    await Promise.all([one.fetch(), one.fetch()]);
    expect(server.asked).toEqual(['']);
  });
});
