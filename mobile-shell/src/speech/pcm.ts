/** Sound as the app keeps it: 16-bit samples, mono, 16,000 a second, little endian. */

/** Samples a second. */
export const RATE = 16_000;

/** Samples between -1 and 1 as 16-bit ones; what is outside is clipped. */
export function toPcm16(samples: Float32Array): Int16Array {
  const out = new Int16Array(samples.length);
  for (let at = 0; at < samples.length; at++) {
    const value = Math.max(-1, Math.min(1, samples[at] ?? 0));
    out[at] = Math.round(value < 0 ? value * 0x8000 : value * 0x7fff);
  }
  return out;
}

/** The way back. */
export function toFloats(pcm: Int16Array): Float32Array<ArrayBuffer> {
  const out = new Float32Array(pcm.length);
  for (let at = 0; at < pcm.length; at++) {
    out[at] = (pcm[at] ?? 0) / 0x8000;
  }
  return out;
}

/** Bytes to store: little endian on every machine. */
export function toBytes(pcm: Int16Array): Uint8Array<ArrayBuffer> {
  const out = new Uint8Array(pcm.length * 2);
  const view = new DataView(out.buffer);
  for (let at = 0; at < pcm.length; at++) {
    view.setInt16(at * 2, pcm[at] ?? 0, true);
  }
  return out;
}

/** Stored bytes as samples. An odd last byte is dropped. */
export function fromBytes(bytes: Uint8Array): Int16Array<ArrayBuffer> {
  const out = new Int16Array(bytes.length >> 1);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  for (let at = 0; at < out.length; at++) {
    out[at] = view.getInt16(at * 2, true);
  }
  return out;
}

/** How loud, 0 to 1, on a scale of decibels as ears hear: -60 dB and below is 0. */
export function loudness(pcm: Int16Array): number {
  if (pcm.length === 0) {
    return 0;
  }
  let sum = 0;
  for (const sample of pcm) {
    sum += sample * sample;
  }
  const rms = Math.sqrt(sum / pcm.length) / 0x8000;
  return rms <= 0.001 ? 0 : Math.min(1, 1 + Math.log10(rms) / 3);
}

/** A WAV file. */
export function wav(pcm: Int16Array): Uint8Array<ArrayBuffer> {
  const body = toBytes(pcm);
  const out = new Uint8Array(44 + body.length);
  const view = new DataView(out.buffer);
  const word = (at: number, letters: string) => out.set(new TextEncoder().encode(letters), at);
  word(0, 'RIFF');
  view.setUint32(4, 36 + body.length, true);
  word(8, 'WAVEfmt ');
  view.setUint32(16, 16, true);
  view.setUint16(20, 1, true);
  view.setUint16(22, 1, true);
  view.setUint32(24, RATE, true);
  view.setUint32(28, RATE * 2, true);
  view.setUint16(32, 2, true);
  view.setUint16(34, 16, true);
  word(36, 'data');
  view.setUint32(40, body.length, true);
  out.set(body, 44);
  return out;
}
