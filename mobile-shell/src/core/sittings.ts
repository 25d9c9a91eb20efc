/**
 * Recordings under way and transcriptions: what may go on while the record is locked.
 *
 * Each needs only the recording's own key. It is held from the start of a sitting or transcription
 * to its end; locking lets go of all others. The data key is never held for them.
 */

import { type OpenRecording, Recordings } from '../speech/recording';
import { RATE } from '../speech/pcm';
import type { HeardWindow, Transcriber } from '../speech/transcriber-api';
import type { Vault } from '../vault/vault';
import type { RecordingCard, Sound, TranscriptionProgress } from './app';
import { Problem } from './errors';
import type { Transcript } from './generated/types';

/** The longest sound that is handed to a screen, in milliseconds. */
const LONGEST_SOUND_MS = 60_000;

/** Sittings over one vault. */
export class Sittings {
  readonly recordings: Recordings;
  readonly #vault: Vault;
  readonly #onChange: () => void;
  readonly #recording = new Map<string, OpenRecording>();
  readonly #transcribing = new Map<string, OpenRecording>();

  /** `onChange`: something begins, goes on or ends here. */
  constructor(vault: Vault, onChange: () => void) {
    this.#vault = vault;
    this.recordings = new Recordings(vault.rows);
    this.#onChange = onChange;
  }

  get isRecording(): boolean {
    return this.#recording.size > 0;
  }

  get isTranscribing(): boolean {
    return this.#transcribing.size > 0;
  }

  async begin(id: string, family: string, now: number): Promise<void> {
    this.#recording.set(id, await this.recordings.begin(this.#vault.key, id, family, now));
    this.#onChange();
  }

  async goOn(id: string): Promise<{ family: string; seconds: number; tail: Int16Array }> {
    const recording = await this.recordings.open(this.#vault.key, id);
    this.#recording.set(id, recording);
    this.#onChange();
    return { family: recording.family, ...(await this.recordings.reached(recording)) };
  }

  async store(id: string, second: number, pcm: Int16Array): Promise<void> {
    await this.recordings.store(await this.#open(id), second, pcm);
    this.#onChange();
  }

  async finish(id: string): Promise<RecordingCard> {
    const recording = await this.#open(id);
    await this.recordings.finish(recording);
    this.rest(id);
    return this.recordings.cardOf(recording);
  }

  /** The sitting is over; a key that is at hand is let go of. */
  rest(id: string): void {
    this.#recording.delete(id);
    this.#onChange();
  }

  /** Lets go of everything: the phone is wiped, or another tab has the workbook. */
  drop(): void {
    this.#recording.clear();
    this.#transcribing.clear();
  }

  /** Deletes the recordings of families whose record was erased. */
  async forget(families: readonly string[]): Promise<void> {
    for (const { id, family } of await this.recordings.cards(this.#vault.key, new Map())) {
      if (families.includes(family)) {
        this.#recording.delete(id);
        await this.recordings.destroy(id);
      }
    }
    this.#onChange();
  }

  async transcribe(
    id: string,
    transcriber: Transcriber,
    tell: (progress: TranscriptionProgress) => void,
    signal: AbortSignal,
    now: () => number,
  ): Promise<Transcript> {
    if (this.isTranscribing) {
      throw new Problem('busy', 'Another recording is being turned into text. Wait for it, or cancel it.');
    }
    const recording = await this.#open(id);
    const stored = await this.recordings.transcript(recording);
    if (stored !== undefined) {
      return stored;
    }
    this.#transcribing.set(id, recording);
    this.#onChange();
    const started = now();
    let before: number | undefined;
    try {
      const transcript = await transcriber.transcribe({
        audio: await this.recordings.audio(recording),
        finished: await this.recordings.windows(recording),
        onWindow: (window: HeardWindow) => this.recordings.storeWindow(recording, window),
        onProgress: ({ doneMs, totalMs, text }) => {
          before ??= doneMs;
          const rate = (now() - started) / Math.max(doneMs - before, 1);
          const left = doneMs > before ? { secondsLeft: Math.ceil((rate * (totalMs - doneMs)) / 1000) } : {};
          tell({ seconds: doneMs / 1000, total: totalMs / 1000, text, ...left });
          this.#onChange();
        },
        signal,
      });
      await this.recordings.storeTranscript(recording, transcript);
      return transcript;
    } finally {
      this.#transcribing.delete(id);
      this.#onChange();
    }
  }

  async sound(id: string, fromMs: number, toMs: number): Promise<Sound> {
    const from = Math.max(0, Math.min(fromMs, toMs));
    const to = Math.min(Math.max(fromMs, toMs), from + LONGEST_SOUND_MS);
    const audio = await this.recordings.audio(await this.recordings.open(this.#vault.key, id));
    const pcm = await audio.read(Math.floor((from * RATE) / 1000), Math.ceil((to * RATE) / 1000));
    const samples = Float32Array.from(pcm, (sample) => sample / 0x8000);
    return { sampleRate: RATE, samples };
  }

  /** A key at hand, or by the data key when the vault is open (the worker was started anew). */
  async #open(id: string): Promise<OpenRecording> {
    return this.#recording.get(id) ?? this.#transcribing.get(id) ?? this.recordings.open(this.#vault.key, id);
  }
}
