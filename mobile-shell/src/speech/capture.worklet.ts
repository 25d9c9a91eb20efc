/**
 * Runs on the browser's audio thread: takes the microphone's sound, brings it to 16 kHz mono and
 * posts it in tenths of a second. It keeps nothing.
 */

import { RATE, toPcm16 } from './pcm';
import { Resampler } from './resampler';

declare const sampleRate: number;
declare class AudioWorkletProcessor {
  readonly port: MessagePort;
}
declare function registerProcessor(name: string, processor: unknown): void;

const BLOCK = RATE / 10;

class Capture extends AudioWorkletProcessor {
  readonly #resampler = new Resampler(Math.round(sampleRate));
  readonly #block = new Float32Array(BLOCK);
  #filled = 0;
  #on = true;

  constructor() {
    super();
    this.port.onmessage = (event: MessageEvent<'flush' | 'end'>) => {
      this.#post();
      this.port.postMessage('flushed');
      this.#on = event.data !== 'end';
    };
  }

  process(inputs: Float32Array[][]): boolean {
    const channels = inputs[0] ?? [];
    const first = channels[0];
    if (first !== undefined && this.#on) {
      const mono = channels.length === 1 ? first : mixed(channels, first.length);
      for (const sample of this.#resampler.push(mono)) {
        this.#block[this.#filled++] = sample;
        if (this.#filled === BLOCK) {
          this.#post();
        }
      }
    }
    return this.#on;
  }

  #post(): void {
    if (this.#filled > 0) {
      const pcm = toPcm16(this.#block.subarray(0, this.#filled));
      this.#filled = 0;
      this.port.postMessage(pcm, [pcm.buffer]);
    }
  }
}

function mixed(channels: Float32Array[], length: number): Float32Array {
  const out = new Float32Array(length);
  for (const channel of channels) {
    for (let at = 0; at < length; at++) {
      out[at] = (out[at] ?? 0) + (channel[at] ?? 0) / channels.length;
    }
  }
  return out;
}

registerProcessor('workbook-capture', Capture);
