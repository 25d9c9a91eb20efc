/**
 * From the microphone's rate to 16,000 samples a second, as a stream, for browsers that don't do it
 * themselves. A windowed sinc (Kaiser, some 70 dB) keeps what lies above 8 kHz from folding back
 * into speech.
 */

import { RATE } from './pcm';

const KAISER_BETA = 7;
/** Where the filter ends and how wide its slope is, as parts of the lower of both Nyquist limits. */
const CUTOFF = 0.9;
const HALF_WIDTH = 24;

/** One stream's resampler. */
export class Resampler {
  readonly #down: number;
  readonly #up: number;
  readonly #taps: Float32Array[];
  readonly #length: number;
  /** Input that later output still needs, oldest first. */
  #held: Float32Array;
  /** Where the next output lies: whole input samples from the start of `held`, and the phase. */
  #at = 0;
  #phase = 0;

  /** `from`: samples a second that come in. */
  constructor(from: number) {
    if (!Number.isInteger(from) || from < 4_000 || from > 384_000) {
      throw new RangeError('the microphone has an impossible sample rate');
    }
    const divisor = gcd(from, RATE);
    this.#down = from / divisor;
    this.#up = RATE / divisor;
    const ratio = Math.min(1, RATE / from);
    const half = Math.ceil(HALF_WIDTH / ratio);
    this.#length = 2 * half;
    this.#taps = Array.from({ length: this.#up }, (_, phase) => tapsOf(phase / this.#up, half, ratio * CUTOFF));
    // The filter looks ahead by half its length: begin with as much silence.
    this.#held = new Float32Array(half - 1);
  }

  /** What the next samples make; keeps the rest for the next call. */
  push(input: Float32Array): Float32Array {
    if (this.#up === 1 && this.#down === 1) {
      return input.slice();
    }
    const held = new Float32Array(this.#held.length + input.length);
    held.set(this.#held);
    held.set(input, this.#held.length);
    const most = Math.max(0, Math.ceil(((held.length - this.#at) * this.#up) / this.#down) + 1);
    const out = new Float32Array(most);
    let made = 0;
    while (this.#at + this.#length <= held.length) {
      const taps = this.#taps[this.#phase] ?? new Float32Array(0);
      let sum = 0;
      for (let tap = 0; tap < this.#length; tap++) {
        sum += (held[this.#at + tap] ?? 0) * (taps[tap] ?? 0);
      }
      out[made++] = sum;
      this.#phase += this.#down;
      this.#at += Math.floor(this.#phase / this.#up);
      this.#phase %= this.#up;
    }
    const used = Math.min(this.#at, held.length);
    this.#held = held.slice(used);
    this.#at -= used;
    return out.subarray(0, made);
  }
}

/** Taps for an output that lies `fraction` behind the input sample in the middle. */
function tapsOf(fraction: number, half: number, cutoff: number): Float32Array {
  const taps = new Float32Array(2 * half);
  let sum = 0;
  for (let tap = 0; tap < taps.length; tap++) {
    const distance = tap - (half - 1) - fraction;
    const inWindow = Math.max(0, 1 - (distance / half) ** 2);
    const value = sinc(distance * cutoff) * bessel(KAISER_BETA * Math.sqrt(inWindow));
    taps[tap] = value;
    sum += value;
  }
  // Every phase passes a steady level unchanged.
  return taps.map((value) => value / sum);
}

function sinc(x: number): number {
  return x === 0 ? 1 : Math.sin(Math.PI * x) / (Math.PI * x);
}

/** The modified Bessel function of order zero. */
function bessel(x: number): number {
  let sum = 1;
  let term = 1;
  for (let k = 1; k < 32; k++) {
    term *= (x / (2 * k)) ** 2;
    sum += term;
  }
  return sum;
}

function gcd(a: number, b: number): number {
  return b === 0 ? a : gcd(b, a % b);
}
