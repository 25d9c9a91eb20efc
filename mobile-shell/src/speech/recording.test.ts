import { beforeEach, describe, expect, it } from 'vitest';
import { openDatabase, raiseFence } from '../vault/database';
import { Rows } from '../vault/rows';
import { dataKey, freshDatabase } from '../vault/testing';
import { RATE, toBytes } from './pcm';
import { Recordings } from './recording';
import type { HeardWindow } from './transcriber-api';

async function vault() {
  const database = await openDatabase(() => undefined);
  const rows = new Rows(database, await raiseFence(database));
  return { database, rows, key: await dataKey(), recordings: new Recordings(rows) };
}
const ramp = (from: number, count: number) => Int16Array.from({ length: count }, (_, at) => (from + at) % 30_000);
const window = (number: number, end: number): HeardWindow => ({ number, window: { start: 0, end }, heard: [], engineMs: 1 });

beforeEach(freshDatabase);

describe('recordings', () => {
  it('are read back in pieces across seconds', async () => {
    const { recordings, key } = await vault();
    const recording = await recordings.begin(key, 'r1', 'f1', 5);
    await recordings.store(recording, 0, ramp(0, RATE));
    await recordings.store(recording, 1, ramp(RATE, RATE));
    await recordings.store(recording, 2, ramp(2 * RATE, 400));
    const audio = await recordings.audio(await recordings.open(key, 'r1'));
    expect(audio.samples).toBe(2 * RATE + 400);
    expect(await audio.read(RATE - 5, RATE + 5)).toEqual(ramp(RATE - 5, 10));
    expect(await audio.read(0, audio.samples)).toEqual(ramp(0, audio.samples));
    expect((await audio.read(audio.samples - 3, audio.samples + 99)).length).toBe(3);
    expect((await audio.read(-5, 2)).length).toBe(2);
    expect((await audio.read(9, 3)).length).toBe(0);
  });

  it('know how far they got before a kill', async () => {
    const { recordings, key } = await vault();
    const recording = await recordings.begin(key, 'r1', 'f1', 5);
    expect(await recordings.reached(recording)).toEqual({ seconds: 0, tail: new Int16Array(0) });
    await recordings.store(recording, 0, ramp(0, RATE));
    expect(await recordings.reached(recording)).toEqual({ seconds: 1, tail: new Int16Array(0) });
    await recordings.store(recording, 1, ramp(0, 7));
    expect(await recordings.reached(recording)).toEqual({ seconds: 1, tail: ramp(0, 7) });
    expect(await recordings.cards(key, new Map([['r1', 'd1']]))).toEqual([
      { id: 'r1', family: 'f1', begunAt: 5, seconds: 2, finished: false, transcribedSeconds: 0, transcribed: false, draft: 'd1' },
    ]);
    await recordings.finish(recording);
    expect((await recordings.cards(key, new Map()))[0]).toMatchObject({ finished: true });
  });

  it('have a key of their own: without the head nothing of them opens', async () => {
    const { recordings, rows, key } = await vault();
    const recording = await recordings.begin(key, 'r1', 'f1', 5);
    await recordings.store(recording, 0, ramp(0, RATE));
    expect(recording.key.extractable).toBe(false);
    await expect(rows.read(key, 'recording/r1/000000')).rejects.toMatchObject({ code: 'row-broken' });
    await expect(rows.read(recording.key, 'recording/r1/head')).rejects.toMatchObject({ code: 'row-broken' });
    await rows.write({ put: [], delete: ['recording/r1/head'] });
    await expect(recordings.open(key, 'r1')).rejects.toMatchObject({ code: 'not-found' });
  });

  it('are silent where a second is missing or damaged, and whole otherwise', async () => {
    const { recordings, rows, key } = await vault();
    const recording = await recordings.begin(key, 'r1', 'f1', 5);
    for (const second of [0, 1, 2, 3]) await recordings.store(recording, second, ramp(1 + second, RATE));
    await rows.write({ put: [{ key: 'recording/r1/000001', sealed: new Uint8Array(80).fill(1) }], delete: ['recording/r1/000002'] });
    const audio = await recordings.audio(recording);
    expect(audio.samples).toBe(4 * RATE);
    expect(await audio.read(RATE, 3 * RATE)).toEqual(new Int16Array(2 * RATE));
    expect(await audio.read(3 * RATE, 4 * RATE)).toEqual(ramp(4, RATE));
  });

  it('keep windows of transcript over a kill, and leave out damaged ones', async () => {
    const { recordings, rows, key } = await vault();
    const recording = await recordings.begin(key, 'r1', 'f1', 5);
    await recordings.store(recording, 0, ramp(0, RATE));
    await recordings.storeWindow(recording, window(0, RATE));
    await recordings.storeWindow(recording, window(1, 3 * RATE));
    const again = await recordings.open(key, 'r1');
    expect(await recordings.windows(again)).toEqual([window(0, RATE), window(1, 3 * RATE)]);
    expect((await recordings.cards(key, new Map()))[0]).toMatchObject({ transcribedSeconds: 3, transcribed: false });
    await rows.write({ put: [{ key: 'transcript/r1/0000', sealed: new Uint8Array(40) }], delete: [] });
    expect(await recordings.windows(again)).toEqual([window(1, 3 * RATE)]);
    expect(await recordings.transcript(again)).toBeUndefined();
    const whole = { text: 'Hello', segments: [], language: 'en', model: { name: 'm', sha256: 's' }, audio_ms: 1, engine_ms: 1 };
    await recordings.storeTranscript(again, whole);
    expect(await recordings.transcript(again)).toEqual(whole);
    expect((await recordings.cards(key, new Map()))[0]).toMatchObject({ transcribed: true });
  });

  it('have the fingerprint of their samples', async () => {
    const { recordings, key } = await vault();
    const recording = await recordings.begin(key, 'r1', 'f1', 5);
    await recordings.store(recording, 0, ramp(0, RATE));
    await recordings.store(recording, 1, ramp(RATE, 800));
    const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', toBytes(ramp(0, RATE + 800))));
    const sha256 = Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join('');
    expect(await recordings.fingerprint(recording)).toEqual({ sha256, ms: 1050 });
  });

  it('are destroyed with all that belongs to them, and only that', async () => {
    const { recordings, rows, key } = await vault();
    for (const id of ['r1', 'r10']) {
      const recording = await recordings.begin(key, id, 'f1', 5);
      await recordings.store(recording, 0, ramp(0, RATE));
      await recordings.storeWindow(recording, window(0, RATE));
    }
    await recordings.destroy('r1');
    expect(await rows.keys('')).toEqual(['recording/r10/000000', 'recording/r10/head', 'transcript/r10/0000']);
  });

  it('leave out what has a senseless head, and keep its rows', async () => {
    const { recordings, rows, key } = await vault();
    await recordings.begin(key, 'r1', 'f1', 5);
    for (const hostile of ['{', 'null', '{"family":"f1","begunAt":1,"key":"!"}', '{"family":"f1","begunAt":1,"key":"AAAA"}']) {
      await rows.apply(key, { put: [{ key: 'recording/r2/head', bytes: new TextEncoder().encode(hostile) }], delete: [] });
      expect((await recordings.cards(key, new Map())).map(({ id }) => id), hostile).toEqual(['r1']);
    }
    expect(await rows.keys('recording/r2/')).toEqual(['recording/r2/head']);
  });
});
