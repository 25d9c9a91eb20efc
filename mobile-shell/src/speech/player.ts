/** Plays a stretch of a recording: "hear that second". */

import type { Sound } from '../core/app';
import { Problem } from '../core/errors';

/** Ends when it has been heard, or `signal` stops it. */
export async function play(sound: Sound, signal?: AbortSignal): Promise<void> {
  if (sound.samples.length === 0 || signal?.aborted === true) {
    return;
  }
  const context = new AudioContext();
  try {
    await context.resume();
    const buffer = context.createBuffer(1, sound.samples.length, sound.sampleRate);
    buffer.copyToChannel(sound.samples as Float32Array<ArrayBuffer>, 0);
    const source = context.createBufferSource();
    source.buffer = buffer;
    source.connect(context.destination);
    await new Promise<void>((resolve) => {
      source.onended = () => resolve();
      signal?.addEventListener('abort', () => source.stop(), { once: true });
      source.start();
    });
  } catch (cause) {
    throw new Problem('unsupported', 'The sound could not be played. Turn the volume up and try again.', {}, cause);
  } finally {
    await context.close().catch(() => undefined);
  }
}
