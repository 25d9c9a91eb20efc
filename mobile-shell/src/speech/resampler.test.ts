import { describe, expect, it } from 'vitest';
import { loudness, fromBytes, RATE, toBytes, toFloats, toPcm16, wav } from './pcm';
import { Resampler } from './resampler';

/** A tone of `hertz` at `rate`, put through in blocks as a browser gives them. */
function through(rate: number, hertz: number, seconds = 1): Float32Array {
  const resampler = new Resampler(rate);
  const input = Float32Array.from({ length: rate * seconds }, (_, at) => Math.sin((2 * Math.PI * hertz * at) / rate));
  const out: number[] = [];
  for (let at = 0; at < input.length; at += 128) {
    out.push(...resampler.push(input.subarray(at, at + 128)));
  }
  return Float32Array.from(out);
}

/** The level of the middle, in decibels under a full tone. */
function level(samples: Float32Array): number {
  const middle = samples.subarray(samples.length >> 2, (samples.length * 3) >> 2);
  const power = middle.reduce((sum, it) => sum + it * it, 0) / middle.length;
  return 10 * Math.log10(power * 2 + 1e-20);
}

describe('resampling to 16 kHz', () => {
  for (const rate of [8_000, 16_000, 22_050, 32_000, 44_100, 48_000, 96_000]) {
    it(`keeps speech from ${rate} a second`, () => {
      for (const hertz of [120, 1_000, 3_000]) {
        const out = through(rate, hertz);
        expect(Math.abs(out.length - RATE), `${hertz} Hz length`).toBeLessThan(60);
        expect(Math.abs(level(out)), `${hertz} Hz level`).toBeLessThan(0.2);
      }
    });
  }

  it('keeps what lies above from folding back', () => {
    for (const rate of [44_100, 48_000, 96_000]) {
      for (const hertz of [8_800, 10_000, 12_000, 15_000, 20_000]) {
        expect(level(through(rate, hertz)), `${hertz} Hz at ${rate}`).toBeLessThan(-60);
      }
    }
  });

  it('keeps the tone’s own pitch and time', () => {
    const out = through(48_000, 1_000);
    const wanted = Float32Array.from({ length: out.length }, (_, at) => Math.sin((2 * Math.PI * 1_000 * at) / RATE));
    for (let at = 4_000; at < 4_100; at++) {
      expect(Math.abs((out[at] ?? 0) - (wanted[at] ?? 0))).toBeLessThan(0.02);
    }
  });

  it('gives the same for any size of block', () => {
    const input = Float32Array.from({ length: 9_600 }, (_, at) => Math.sin(at / 7) * Math.cos(at / 31));
    const whole = new Resampler(44_100).push(input);
    const parts: number[] = [];
    const resampler = new Resampler(44_100);
    for (let at = 0, size = 1; at < input.length; at += size, size = (size * 7) % 211 || 1) {
      parts.push(...resampler.push(input.subarray(at, at + size)));
    }
    expect(Float32Array.from(parts)).toEqual(whole);
  });

  it('refuses impossible rates', () => {
    for (const rate of [0, -1, Number.NaN, 16_000.5, 10 ** 7]) {
      expect(() => new Resampler(rate)).toThrow(RangeError);
    }
  });
});

describe('16-bit sound', () => {
  it('clips and goes both ways', () => {
    expect([...toPcm16(Float32Array.from([0, 1, -1, 2, -2, 0.5]))]).toEqual([0, 32767, -32768, 32767, -32768, 16384]);
    const pcm = Int16Array.from([0, 1, -1, 32767, -32768]);
    expect(fromBytes(toBytes(pcm))).toEqual(pcm);
    expect([...toBytes(Int16Array.from([0x0102]))]).toEqual([2, 1]);
    expect(toPcm16(toFloats(pcm))[4]).toBe(-32768);
    expect(fromBytes(new Uint8Array(3)).length).toBe(1);
  });

  it('is as loud as it sounds', () => {
    expect(loudness(new Int16Array(1600))).toBe(0);
    expect(loudness(new Int16Array(0))).toBe(0);
    expect(loudness(new Int16Array(1600).fill(32767))).toBeCloseTo(1, 2);
    expect(loudness(new Int16Array(1600).fill(1036))).toBeCloseTo(0.5, 2);
  });

  it('is a WAV file that others read', () => {
    const file = wav(Int16Array.from([1, 2, 3]));
    const view = new DataView(file.buffer);
    expect(new TextDecoder().decode(file.subarray(0, 4))).toBe('RIFF');
    expect(view.getUint32(4, true)).toBe(file.length - 8);
    expect(view.getUint32(24, true)).toBe(16_000);
    expect(view.getUint32(40, true)).toBe(6);
  });
});
