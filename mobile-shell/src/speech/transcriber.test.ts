import { describe, expect, it } from 'vitest';
import type { Heard, HeardWindow, Listening, ModelStore, Progress, SpokenAudio, Transcript, Window } from './transcriber-api';
import type { Call } from './transcriber-calls';
import { createTranscriber } from './transcriber';
import type { WorkerLike } from './transcriber-port';

/** Stands in for the core's `Listening`: a window for each ten seconds. The real one is tested in Rust and in the browser. */
class TenSeconds implements Listening {
  static freed = 0;
  heard = 0;
  hear(samples: Int16Array) {
    this.heard += samples.length;
  }
  windows(): Window[] {
    const count = Math.ceil(this.heard / 160_000);
    return Array.from({ length: count }, (_, at) => ({ start: at * 160_000, end: Math.min((at + 1) * 160_000, this.heard) }));
  }
  place(heard: Heard[], window: Window) {
    const from = window.start / 16;
    return heard.map((it) => ({
      start_ms: from + it.start_ms, end_ms: from + it.end_ms, text: it.words.map((word) => word.text).join(' '), words: it.words,
    }));
  }
  transcript(segments: Transcript['segments'], model: Transcript['model'], engine_ms: number): Transcript {
    return { text: segments.map((it) => it.text).join(' '), segments, language: 'en', model, audio_ms: this.heard / 16, engine_ms };
  }
  free() {
    TenSeconds.freed += 1;
  }
}

/** An engine that "hears" the first sample of its window. */
class FakeWorker implements WorkerLike {
  onmessage: WorkerLike['onmessage'] = null;
  onerror: WorkerLike['onerror'] = null;
  calls: Call[] = [];
  isTerminated = false;
  factor = 0.2;
  /** Windows from this on never finish, unless cancelled. */
  hangFrom = Infinity;
  obeys = true;
  flag: Int32Array | undefined;
  recognised = 0;

  postMessage(message: unknown) {
    const call = message as Call;
    this.calls.push(call);
    queueMicrotask(() => void this.#answer(call));
  }
  terminate() {
    this.isTerminated = true;
  }
  #say(data: unknown) {
    if (!this.isTerminated) this.onmessage?.({ data } as MessageEvent);
  }
  async #answer(call: Call) {
    const { id } = call;
    if (call.call === 'load') {
      this.flag = call.cancel && new Int32Array(call.cancel);
      return this.#say({ id, call: 'load', answer: { loaded: true } });
    }
    if (call.call === 'warmUp') {
      return this.#say({ id, call: 'warmUp', answer: { realTimeFactor: this.factor } });
    }
    if (++this.recognised > this.hangFrom) {
      for (;;) {
        await new Promise((resolve) => setImmediate(resolve));
        if (this.isTerminated) return;
        if (this.obeys && this.flag !== undefined && Atomics.load(this.flag, 0) === 1) {
          return this.#say({ id, call: 'recognise', answer: { stopped: 'cancelled' } });
        }
      }
    }
    this.#say({ id, call: 'share', share: 0.5 });
    const word = { start_ms: 0, end_ms: 300, text: `word${call.samples[0]}`, confidence: 0.9 };
    const heard: Heard[] = [{ start_ms: 0, end_ms: 300, no_speech: 0, words: [word] }];
    this.#say({ id, call: 'recognise', answer: { heard, engineMs: 100 } });
  }
}

const audio = (seconds: number): SpokenAudio & { longest: number } => ({
  samples: seconds * 16_000,
  longest: 0,
  async read(start, end) {
    this.longest = Math.max(this.longest, end - start);
    return new Int16Array(end - start).fill(start / 160_000);
  },
});

const model = (isThere = true, state: 'missing' | 'corrupt' = 'missing'): ModelStore => ({
  state: async () => ({ state, bytes: 0, total: 0 }),
  fetch: () => Promise.reject(new Error('not asked')),
  open: async () => (isThere ? { bytes: new Uint8Array(8), stamp: { name: 'tiny', sha256: '00' } } : undefined),
  remove: async () => undefined,
});

function setUp(options: { isolated?: boolean; model?: ModelStore } = {}) {
  const workers: FakeWorker[] = [];
  const setUpWorker: { current: (worker: FakeWorker) => void } = { current: () => undefined };
  Object.assign(globalThis, { crossOriginIsolated: options.isolated ?? true });
  const transcriber = createTranscriber({
    model: options.model ?? model(),
    listening: async () => new TenSeconds(),
    base: 'http://localhost/speech/',
    startWorker: () => {
      const worker = new FakeWorker();
      setUpWorker.current(worker);
      workers.push(worker);
      return worker;
    },
    readBuilt: async () => ({ variants: ['simd-threads', 'simd'], compiler: '', stamp: '' }),
  });
  return { transcriber, workers, setUpWorker };
}

describe('a recording', () => {
  it('becomes a transcript window by window, with progress, and is never read as a whole', async () => {
    const { transcriber, workers } = setUp();
    const spoken = audio(600);
    const progress: Progress[] = [];
    const stored: number[] = [];
    const transcript = await transcriber.transcribe({
      audio: spoken,
      onProgress: (it) => progress.push(it),
      onWindow: async (it) => void stored.push(it.number),
    });
    expect(transcript.segments.length).toBe(60);
    expect(transcript.segments[59]).toMatchObject({ text: 'word59', start_ms: 590_000 });
    expect([transcript.audio_ms, transcript.engine_ms]).toEqual([600_000, 6_000]);
    expect(spoken.longest).toBe(160_000);
    expect(stored).toEqual(Array.from({ length: 60 }, (_, at) => at));
    expect(progress[0]).toEqual({ doneMs: 0, totalMs: 600_000, text: '' });
    expect(progress[1]).toEqual({ doneMs: 5_000, totalMs: 600_000, text: '' });
    expect(progress[2]).toEqual({ doneMs: 10_000, totalMs: 600_000, text: 'word0' });
    expect(progress.at(-1)?.doneMs).toBe(600_000);
    expect(workers[0]?.calls.filter((it) => it.call === 'load').length).toBe(1);
  });

  it('goes on from the windows that were finished before, with the same text', async () => {
    const whole = await setUp().transcriber.transcribe({ audio: audio(45) });
    const { transcriber, workers, setUpWorker } = setUp();
    const finished: HeardWindow[] = [];
    const killed = new AbortController();
    setUpWorker.current = (worker) => (worker.hangFrom = 3);
    const interrupted = transcriber.transcribe({
      audio: audio(45),
      signal: killed.signal,
      onWindow: async (it) => {
        finished.push(structuredClone(it));
        if (it.number === 2) setTimeout(() => killed.abort(), 5);
      },
    });
    await expect(interrupted).rejects.toMatchObject({ code: 'cancelled' });
    expect(finished.length).toBe(3);
    const second = setUp();
    const misfit: HeardWindow = { ...finished[0]!, number: 3, window: { start: 1, end: 2 } };
    const resumed = await second.transcriber.transcribe({ audio: audio(45), finished: [misfit, ...finished.reverse()] });
    expect(resumed).toEqual(whole);
    expect(second.workers[0]?.recognised).toBe(2);
    expect(workers[0]?.isTerminated).toBe(false);
  });

  it.each([
    { what: 'an engine that obeys', isolated: true, obeys: true, isTerminated: false },
    { what: 'an engine that hangs', isolated: true, obeys: false, isTerminated: true },
    { what: 'an engine that cannot be asked', isolated: false, obeys: false, isTerminated: true },
  ])('is cancelled within a second: $what', async ({ isolated, obeys, isTerminated }) => {
    const { transcriber, workers, setUpWorker } = setUp({ isolated });
    setUpWorker.current = (worker) => Object.assign(worker, { hangFrom: 0, obeys });
    const stop = new AbortController();
    const running = transcriber.transcribe({ audio: audio(20), signal: stop.signal });
    setTimeout(() => stop.abort(), 5);
    const before = performance.now();
    await expect(running).rejects.toMatchObject({ code: 'cancelled' });
    expect(performance.now() - before).toBeLessThan(1000);
    expect(workers[0]?.isTerminated).toBe(isTerminated);
    setUpWorker.current = () => undefined;
    if (!isTerminated) workers[0]!.hangFrom = Infinity;
    expect((await transcriber.transcribe({ audio: audio(20) })).text).toBe('word0 word1');
    expect(workers.length).toBe(isTerminated ? 2 : 1);
  });

  it('waits where the model is missing, the phone too slow, or another is being written down', async () => {
    await expect(setUp({ model: model(false) }).transcriber.transcribe({ audio: audio(5) })).rejects.toMatchObject({ code: 'no-model' });
    const damaged = setUp({ model: model(false, 'corrupt') }).transcriber.transcribe({ audio: audio(5) });
    await expect(damaged).rejects.toMatchObject({ code: 'no-model', message: expect.stringContaining('is damaged. Fetch it again') as string });
    const slow = setUp();
    slow.setUpWorker.current = (worker) => (worker.factor = 5);
    expect(await slow.transcriber.warmUp()).toEqual({ strength: 'too-weak', reason: 'too-slow', realTimeFactor: 5 });
    await expect(slow.transcriber.transcribe({ audio: audio(5) })).rejects.toMatchObject({ code: 'too-weak' });
    expect(slow.workers.length).toBe(1);
    expect(slow.workers[0]?.isTerminated).toBe(true);
    const busy = setUp();
    const first = busy.transcriber.transcribe({ audio: audio(20) });
    await expect(busy.transcriber.transcribe({ audio: audio(5) })).rejects.toMatchObject({ code: 'busy' });
    expect((await first).text).toBe('word0 word1');
  });

  it('is not said to be finished when storing a window fails', async () => {
    const { transcriber } = setUp();
    const full = new Error('full');
    const failing = transcriber.transcribe({ audio: audio(20), onWindow: () => Promise.reject(full) });
    await expect(failing).rejects.toMatchObject({ code: 'failed', cause: full });
  });

  it('can be transcribed again after the worker was closed, and the core’s memory is given back', async () => {
    const { transcriber, workers } = setUp();
    const before = TenSeconds.freed;
    await transcriber.transcribe({ audio: audio(5) });
    transcriber.close();
    expect(workers[0]?.isTerminated).toBe(true);
    expect((await transcriber.transcribe({ audio: audio(5) })).text).toBe('word0');
    expect([workers.length, TenSeconds.freed - before]).toEqual([2, 2]);
  });
});
