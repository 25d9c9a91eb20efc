/**
 * The worker that the speech engine blocks: loads it, gives it windows, says what it heard.
 *
 * Invariants: knows nothing of recordings, storage or network but its own files; what was said is in no log.
 */

import type { Engine, StartEngine } from './engine';
import type { Heard } from './transcriber-api';
import type { Answers, Call, LoadCall, RecogniseCall, Reply } from './transcriber-calls';

/** The warm-up's sound in seconds, and how much longer words take than sound alone (measured: a third). */
const WARM_UP_SECONDS = 14;
const WITH_WORDS = 1.35;

let engine: Engine | undefined;
let threads = 1;
let running = 0;

const reply = (message: Reply) => self.postMessage(message);
const reason = (error: unknown) => (error instanceof Error ? error.message : String(error));

async function load(call: LoadCall): Promise<Answers['load']> {
  const flag = call.cancel === undefined ? undefined : new Int32Array(call.cancel);
  threads = call.threads;
  try {
    const { default: start } = (await import(/* @vite-ignore */ call.url)) as { default: StartEngine };
    const started = await start({
      model: { bytes: call.model, at: 0 },
      samples: new Int16Array(0),
      isCancelled: () => flag !== undefined && Atomics.load(flag, 0) !== 0,
      onShare: (share) => reply({ id: running, call: 'share', share }),
      // whisper.cpp and its libraries may print; nothing of a recording may reach the console.
      print: () => undefined,
      printErr: () => undefined,
    });
    if (started._speech_load() !== 0) {
      return { refused: 'failed', why: 'the engine refused the model' };
    }
    started.model = undefined;
    engine = started;
    return { loaded: true };
  } catch (error) {
    // Browsers say "could not allocate memory" as a RangeError.
    return { refused: error instanceof RangeError ? 'no-memory' : 'failed', why: reason(error) };
  }
}

function warmUp(): Answers['warmUp'] {
  if (engine === undefined || engine._speech_warm_up(threads) !== 0) {
    return { realTimeFactor: 0 };
  }
  // Once more: the first time the browser was still compiling.
  const before = performance.now();
  const failed = engine._speech_warm_up(threads);
  const seconds = (performance.now() - before) / 1000;
  return { realTimeFactor: failed === 0 ? (seconds * WITH_WORDS) / WARM_UP_SECONDS : 0 };
}

function recognise(call: RecogniseCall): Answers['recognise'] {
  if (engine === undefined) {
    return { stopped: 'failed' };
  }
  engine.samples = call.samples;
  const before = performance.now();
  const answer = engine._speech_recognise(threads);
  const engineMs = Math.round(performance.now() - before);
  engine.samples = new Int16Array(0);
  if (answer !== 0) {
    return { stopped: answer === 1 ? 'cancelled' : 'failed' };
  }
  return { heard: JSON.parse(engine.UTF8ToString(engine._speech_heard())) as Heard[], engineMs };
}

self.onmessage = async ({ data }: MessageEvent<Call>) => {
  running = data.id;
  const { id } = data;
  try {
    switch (data.call) {
      case 'load':
        return reply({ id, call: 'load', answer: await load(data) });
      case 'warmUp':
        return reply({ id, call: 'warmUp', answer: warmUp() });
      case 'recognise':
        return reply({ id, call: 'recognise', answer: recognise(data) });
    }
  } catch (error) {
    // The engine aborted: whatever it holds is not to be trusted any more.
    engine = undefined;
    reply({ id, call: 'broken', why: reason(error) });
  }
};
