/**
 * A recording to a transcript, on this phone.
 *
 * The story: all samples pass once through `Listening` (Rust), which finds the windows in which somebody speaks; each
 * window is read again and given to the engine in its own worker; what it heard is stored by the caller before the next
 * window begins; at the end `Listening` puts everything in its place.
 *
 * Invariants: at most one window and one second of sound are held here; nothing is said to a log; no window is recognised
 * twice; the same recording gives the same transcript, interrupted or not (but for `engine_ms`).
 */

import { abilities, type Built, chooseThreads, chooseVariant } from './engine';
import { DAMAGED_MODEL, SpeechError } from './speech-errors';
import type {
  HeardWindow, Listening, ModelStamp, ModelStore, Segment, Strength, TranscribeJob, Transcriber, Transcript, Window,
} from './transcriber-api';
import { SpeechPort, type WorkerLike } from './transcriber-port';

/** Samples that are read at a time for the silences: ten seconds. */
const PIECE = 160_000;
const SAMPLES_PER_MS = 16;
/** Slower than this, a ten-minute dictation would take over twenty: the recording waits for a better device. */
const TOO_SLOW = 2;
/** How long an engine that was asked to stop may take, before its worker is ended. */
const PATIENCE_MS = 800;

export interface TranscriberParts {
  model: ModelStore;
  /** Makes a `Listening` of the hearing half's wasm. */
  listening: () => Promise<Listening>;
  /** Where the built engines are served. */
  base?: string;
  /** For tests: starts the worker. */
  startWorker?: () => WorkerLike;
  /** For tests: what was built. */
  readBuilt?: (base: string) => Promise<Built>;
}

/** A worker with the model loaded, or why this phone can't. */
type Outcome = { is: 'ready'; port: SpeechPort; stamp: ModelStamp; strength: Strength } | { is: 'weak'; strength: Strength };
type Ready = Extract<Outcome, { is: 'ready' }>;

const weak = (reason: Extract<Strength, { strength: 'too-weak' }>['reason'], realTimeFactor?: number): Outcome => ({
  is: 'weak',
  strength: { strength: 'too-weak', reason, ...(realTimeFactor !== undefined && { realTimeFactor }) },
});

const newWorker = (): WorkerLike => new Worker(new URL('./transcriber.worker.ts', import.meta.url), { type: 'module', name: 'speech' });

const importBuilt = async (base: string): Promise<Built> =>
  ((await import(/* @vite-ignore */ new URL('variants.js', base).href)) as { default: Built }).default;

/** Made once. @see Transcriber */
export function createTranscriber(parts: TranscriberParts): Transcriber {
  const base = new URL(parts.base ?? '/speech/', globalThis.location?.href).href;
  let starting: Promise<Outcome> | undefined;
  let port: SpeechPort | undefined;
  let isBusy = false;

  /** @throws SpeechError `no-model`, `failed`; WorkerEnded when closed meanwhile */
  const start = async (): Promise<Outcome> => {
    const can = abilities();
    if (!can.webAssembly) {
      return weak('no-webassembly');
    }
    const built = await (parts.readBuilt ?? importBuilt)(base);
    const variant = chooseVariant(can, built.variants);
    if (variant === undefined) {
      return weak('no-simd');
    }
    const model = await parts.model.open();
    if (model === undefined) {
      const { state } = await parts.model.state();
      throw new SpeechError('no-model', state === 'corrupt' ? { message: DAMAGED_MODEL } : {});
    }
    const threads = chooseThreads(can, variant);
    const started = new SpeechPort((parts.startWorker ?? newWorker)(), variant !== 'simd');
    port = started;
    const bytes = model.bytes as Uint8Array<ArrayBuffer>;
    const url = new URL(`${variant}/engine.js`, base).href;
    const loaded = await started.call({ call: 'load', url, variant, threads, model: bytes, cancel: started.cancelFlag }, [bytes.buffer]);
    if ('refused' in loaded) {
      started.end(loaded.why);
      if (loaded.refused === 'no-memory') {
        return weak('no-memory');
      }
      throw new SpeechError('failed', { cause: new Error(loaded.why) });
    }
    const { realTimeFactor } = await started.call({ call: 'warmUp' });
    if (realTimeFactor > TOO_SLOW) {
      started.end('too slow');
      return weak('too-slow', realTimeFactor);
    }
    return { is: 'ready', port: started, stamp: model.stamp, strength: { strength: 'able', realTimeFactor, variant, threads } };
  };

  /** What runs already, or a new worker. What failed or was ended is tried again; what is too weak stays so. */
  const ready = async (): Promise<Outcome> => {
    const awaited = starting;
    const earlier = await awaited?.catch(() => undefined);
    if (starting !== awaited) {
      return ready(); // somebody else, who waited too, has begun anew
    }
    if (earlier !== undefined && (earlier.is === 'weak' || !earlier.port.isEnded)) {
      return earlier;
    }
    starting = start();
    try {
      return await starting;
    } catch (error) {
      port?.end('not started');
      throw asSpeechError(error);
    }
  };

  return {
    async warmUp() {
      return (await ready()).strength;
    },

    async transcribe(job) {
      if (isBusy) {
        throw new SpeechError('busy');
      }
      isBusy = true;
      let patience: ReturnType<typeof setTimeout> | undefined;
      const stop = () => {
        const asked = port;
        if (asked?.cancel() === false) asked.end('cancelled');
        else patience = setTimeout(() => asked?.end('cancelled'), PATIENCE_MS);
      };
      job.signal?.addEventListener('abort', stop);
      let listening: Listening | undefined;
      try {
        throwIfCancelled(job.signal);
        listening = await parts.listening();
        const outcome = await ready();
        if (outcome.is === 'weak') {
          throw new SpeechError('too-weak');
        }
        return await run(job, listening, outcome);
      } catch (error) {
        throw job.signal?.aborted === true ? new SpeechError('cancelled', { cause: error }) : asSpeechError(error);
      } finally {
        isBusy = false;
        clearTimeout(patience);
        job.signal?.removeEventListener('abort', stop);
        listening?.free();
      }
    },

    close() {
      port?.end('closed');
      port = undefined;
      starting = undefined;
    },
  };
}

async function run(job: TranscribeJob, listening: Listening, { port, stamp }: Ready): Promise<Transcript> {
  const { audio, signal } = job;
  for (let at = 0; at < audio.samples; at += PIECE) {
    throwIfCancelled(signal);
    listening.hear(await audio.read(at, Math.min(at + PIECE, audio.samples)));
  }
  const windows = listening.windows();
  const totalMs = windows.reduce((sum, window) => sum + lengthMs(window), 0);
  const segments: Segment[] = [];
  let doneMs = 0;
  let engineMs = 0;
  const text = () => segments.map((segment) => segment.text).join(' ');
  job.onProgress?.({ doneMs, totalMs, text: text() });
  for (const [number, window] of windows.entries()) {
    throwIfCancelled(signal);
    let heard = earlier(job.finished, number, window);
    if (heard === undefined) {
      const before = doneMs;
      const onShare = (share: number) => job.onProgress?.({ doneMs: Math.round(before + share * lengthMs(window)), totalMs, text: text() });
      heard = { number, window, ...(await recognise(port, await audio.read(window.start, window.end), onShare)) };
      await job.onWindow?.(heard);
    }
    segments.push(...listening.place(heard.heard, window));
    engineMs += heard.engineMs;
    doneMs += lengthMs(window);
    job.onProgress?.({ doneMs, totalMs, text: text() });
  }
  return listening.transcript(segments, stamp, engineMs);
}

async function recognise(port: SpeechPort, samples: Int16Array, onShare: (share: number) => void) {
  // A copy of its own, because it goes over to the worker for good.
  const own = samples.slice();
  const answer = await port.call({ call: 'recognise', samples: own }, [own.buffer], onShare);
  if ('stopped' in answer) {
    throw new SpeechError(answer.stopped);
  }
  return answer;
}

/** What was heard in this very window before the app was closed. */
function earlier(finished: readonly HeardWindow[] | undefined, number: number, window: Window): HeardWindow | undefined {
  return finished?.find((it) => it.number === number && it.window.start === window.start && it.window.end === window.end);
}

const lengthMs = (window: Window) => Math.floor((window.end - window.start) / SAMPLES_PER_MS);

function throwIfCancelled(signal: AbortSignal | undefined): void {
  if (signal?.aborted === true) {
    throw new SpeechError('cancelled');
  }
}

function asSpeechError(error: unknown): SpeechError {
  return error instanceof SpeechError ? error : new SpeechError('failed', { cause: error });
}
