/** Voices for the microphone: WAV files whose every second can be told from the others. */

import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { toPcm16, wav } from '../../src/speech/pcm';

/** Tones that rise by 20 Hz a second, from 400 Hz. The file's path. */
export function risingTones(seconds: number): string {
  let phase = 0;
  const pcm = new Int16Array(seconds * 16_000);
  for (let at = 0; at < pcm.length; at++) {
    phase += (2 * Math.PI * (400 + 20 * Math.floor(at / 16_000))) / 16_000;
    pcm[at] = Math.round(12_000 * Math.sin(phase));
  }
  const file = join(mkdtempSync(join(tmpdir(), 'workbook-voice-')), 'tones.wav');
  writeFileSync(file, wav(pcm));
  return file;
}

/** A recording of the repository as a WAV file that the microphone can play; `page` decodes it. The file and its seconds. */
export async function spoken(page: Page, flac: URL): Promise<{ file: string; seconds: number }> {
  const samples = await page.evaluate(async (base64) => {
    const bytes = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
    const decoded = await new OfflineAudioContext(1, 1, 16_000).decodeAudioData(bytes.buffer);
    return Array.from(decoded.getChannelData(0), (sample) => Math.round(sample * 0x7fff));
  }, readFileSync(flac).toString('base64'));
  const file = join(mkdtempSync(join(tmpdir(), 'workbook-voice-')), 'spoken.wav');
  writeFileSync(file, wav(toPcm16(Float32Array.from(samples, (sample) => sample / 0x7fff))));
  return { file, seconds: samples.length / 16_000 };
}
