/**
 * The recorder: turns the microphone's sound into rows of one second and says how it stands.
 *
 * Invariants: a second counts as stored only when the vault has sealed it durably; sound that could
 * not be stored (storage full) stays in memory, in order, and is tried again; every pause,
 * interruption and hiding of the page writes the second that has begun. Thus a killed tab loses at
 * most the second that was being spoken.
 *
 * Not here: the browser's microphone (`microphone.ts`) and sealing (`recording.ts`, in the worker).
 */

import type { Recorder, RecorderState, RecordingCard, Running } from '../core/app';
import { asProblem, Problem } from '../core/errors';
import { Watched } from '../core/watch';
import type { Interruption, Microphone, OpenMicrophone } from './microphone';
import { loudness, RATE } from './pcm';
import type { Screen } from './wake-lock';

/** Where the sound goes: the worker, which seals and stores. */
export interface Sink {
  /** Makes a recording and stores its head. */
  begin(family: string): Promise<string>;
  /** Opens one that was cut off: its family, whole seconds stored, and the sound of a part of a second after them. */
  goOn(recording: string): Promise<{ family: string; seconds: number; tail: Int16Array }>;
  /** Stores a second (or, for now, its beginning). Durable when it returns. */
  store(recording: string, second: number, pcm: Int16Array): Promise<void>;
  finish(recording: string): Promise<RecordingCard>;
  /** The recording goes no further for now; its key may be let go of. */
  rest(recording: string): Promise<void>;
}

/** What the recorder needs from outside. */
export interface Parts {
  microphone: Microphone;
  sink: Sink;
  screen: Screen;
  /** Waits, then calls; as `setTimeout`. */
  later: (ms: number, then: () => void) => void;
}

/** A second that waits to be stored. */
interface Waiting {
  second: number;
  pcm: Int16Array;
}

/** Between tries to store when there is no room, in milliseconds. */
const RETRY_MS = 5_000;
/** Sound that is held in memory at most when nothing can be stored: 15 minutes, 29 MB. */
const HELD_LIMIT = 15 * 60;

/** One recording at a time. */
export class SealedRecorder implements Recorder {
  readonly state = new Watched<RecorderState>({ state: 'idle' });
  readonly level = new Watched(0);
  readonly #parts: Parts;
  #session: Session | undefined;
  #starting = false;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  /** Whether an update or another tab must wait. */
  get isBusy(): boolean {
    return this.#session !== undefined || this.#starting;
  }

  start(family: string): Promise<string> {
    return this.#begin(async () => ({ id: await this.#parts.sink.begin(family), family, seconds: 0, tail: new Int16Array(0) }));
  }

  goOn(recording: string): Promise<string> {
    return this.#begin(async () => ({ id: recording, ...(await this.#parts.sink.goOn(recording)) }));
  }

  async pause(): Promise<void> {
    const session = this.#current();
    await session.halt('paused');
  }

  async resume(): Promise<void> {
    const session = this.#current();
    await session.listen();
  }

  async stop(): Promise<RecordingCard> {
    const session = this.#current();
    const card = await session.stop();
    this.#session = undefined;
    this.level.set(0);
    this.state.set({ state: 'idle' });
    return card;
  }

  /** Writes the second that has begun: the page is being hidden. */
  flush(): void {
    this.#session?.flush();
  }

  /** The vault is gone (wiped, or another tab has it): lets go of the microphone; nothing more can be stored. */
  forsake(): void {
    const session = this.#session;
    if (session !== undefined) {
      this.#session = undefined;
      void session.abandon().catch(() => undefined);
      this.level.set(0);
      this.state.set({ state: 'idle' });
    }
  }

  async #begin(open: () => Promise<Opened>): Promise<string> {
    if (this.isBusy) {
      throw new Problem('busy', 'A recording is under way. Stop it first.');
    }
    this.#starting = true;
    this.state.set({ state: 'asking' });
    let session: Session | undefined;
    try {
      // The microphone first: without it there is no recording to store.
      session = new Session(this.#parts, this.state, this.level);
      await session.open();
      await session.attach(await open());
      this.#session = session;
      return session.id;
    } catch (cause) {
      await session?.abandon();
      const problem = asProblem(cause);
      const why = (['denied', 'no-microphone', 'in-use', 'unsupported'] as const).find((it) => it === problem.code);
      this.state.set(why === undefined ? { state: 'idle' } : { state: 'refused', why, message: problem.message });
      throw problem;
    } finally {
      this.#starting = false;
    }
  }

  #current(): Session {
    if (this.#session === undefined) {
      throw new Problem('not-found', 'Nothing is being recorded.');
    }
    return this.#session;
  }
}

interface Opened {
  id: string;
  family: string;
  seconds: number;
  tail: Int16Array;
}

type Mode = 'listening' | 'paused' | Interruption | 'stopping';

/** One sitting with one recording. */
class Session {
  readonly #parts: Parts;
  readonly #state: Watched<RecorderState>;
  readonly #level: Watched<number>;
  readonly #second = new Int16Array(RATE);
  #opened: Opened | undefined;
  #filled = 0;
  #at = 0;
  #stored = 0;
  #waiting: Waiting[] = [];
  #full = false;
  #draining: Promise<void> | undefined;
  #microphone: OpenMicrophone | undefined;
  #mode: Mode = 'listening';
  #screenStaysOn = false;
  /** What was heard before the recording had its row. */
  #early: Int16Array[] = [];

  constructor(parts: Parts, state: Watched<RecorderState>, level: Watched<number>) {
    this.#parts = parts;
    this.#state = state;
    this.#level = level;
  }

  get id(): string {
    return this.#opened?.id ?? '';
  }

  async open(): Promise<void> {
    this.#microphone = await this.#parts.microphone.open({
      block: (pcm) => this.#hear(pcm),
      interrupted: (why) => this.#interrupted(why),
    });
    this.#screenStaysOn = await this.#parts.screen.keepOn();
  }

  async attach(opened: Opened): Promise<void> {
    this.#opened = opened;
    this.#at = opened.seconds;
    this.#stored = opened.seconds;
    this.#second.set(opened.tail.subarray(0, RATE - 1));
    this.#filled = Math.min(opened.tail.length, RATE - 1);
    for (const pcm of this.#early.splice(0)) {
      this.#take(pcm);
    }
    this.#tell();
  }

  /** Opens the microphone again. */
  async listen(): Promise<void> {
    if (this.#mode === 'listening' || this.#mode === 'stopping') {
      return;
    }
    await this.open();
    this.#mode = 'listening';
    this.#tell();
  }

  async halt(mode: 'paused'): Promise<void> {
    if (this.#mode !== 'listening') {
      return;
    }
    this.#mode = mode;
    await this.#letGo();
    this.flush();
    await this.#draining;
    this.#tell();
  }

  async stop(): Promise<RecordingCard> {
    this.#mode = 'stopping';
    this.#tell();
    await this.#letGo();
    this.flush();
    await this.#drained();
    return this.#parts.sink.finish(this.id);
  }

  async abandon(): Promise<void> {
    this.#mode = 'stopping';
    await this.#letGo();
    if (this.#opened !== undefined) {
      await this.#parts.sink.rest(this.id).catch(() => undefined);
    }
  }

  /** Stores the beginning of the current second as it is; the rest will replace it. */
  flush(): void {
    if (this.#opened !== undefined && this.#filled > 0) {
      this.#enqueue(this.#second.slice(0, this.#filled));
    }
  }

  #hear(pcm: Int16Array): void {
    if (this.#opened === undefined) {
      this.#early.push(pcm);
    } else {
      this.#take(pcm);
      this.#level.set(this.#mode === 'listening' ? loudness(pcm) : 0);
    }
  }

  #take(pcm: Int16Array): void {
    let from = 0;
    while (from < pcm.length) {
      const part = pcm.subarray(from, from + RATE - this.#filled);
      this.#second.set(part, this.#filled);
      this.#filled += part.length;
      from += part.length;
      if (this.#filled === RATE) {
        this.#enqueue(this.#second.slice());
        this.#filled = 0;
        this.#at += 1;
      }
    }
  }

  #interrupted(why: Interruption): void {
    if (this.#mode === 'listening') {
      this.#mode = why;
      this.#microphone = undefined;
      this.#level.set(0);
      this.#parts.screen.letGo();
      this.flush();
      this.#tell();
    }
  }

  #enqueue(pcm: Int16Array): void {
    const waiting = { second: this.#at, pcm };
    const same = this.#waiting.findIndex((it, index) => it.second === waiting.second && index > 0);
    if (same > 0) {
      this.#waiting[same] = waiting;
    } else {
      this.#waiting.push(waiting);
    }
    this.#draining ??= this.#drain();
    if (this.#full && this.#waiting.length >= HELD_LIMIT && this.#mode === 'listening') {
      void this.halt('paused');
    }
    this.#tell();
  }

  /** Stores what waits, in order. Ends when nothing waits, or with no room. */
  async #drain(): Promise<void> {
    try {
      while (this.#waiting[0] !== undefined) {
        const first = this.#waiting[0];
        await this.#parts.sink.store(this.id, first.second, first.pcm);
        this.#waiting.shift();
        this.#stored = Math.max(this.#stored, first.second + (first.pcm.length === RATE ? 1 : 0));
        this.#full = false;
        this.#tell();
      }
      this.#draining = undefined;
    } catch {
      // Whatever kept it from being stored, the sound stays here and is tried again.
      this.#full = true;
      this.#draining = undefined;
      this.#tell();
      this.#parts.later(RETRY_MS, () => {
        this.#draining ??= this.#drain();
      });
    }
  }

  /** Waits until everything is stored. @throws Problem `storage-full` when there is no room. */
  async #drained(): Promise<void> {
    this.#draining ??= this.#drain();
    await this.#draining;
    if (this.#waiting.length > 0) {
      this.#mode = 'paused';
      this.#tell();
      throw new Problem(
        'storage-full',
        'There is no room for the last part of the recording. It is kept while the app stays open. Free some space on this phone, then press stop again.',
      );
    }
  }

  async #letGo(): Promise<void> {
    const microphone = this.#microphone;
    this.#microphone = undefined;
    this.#level.set(0);
    this.#parts.screen.letGo();
    await microphone?.close();
  }

  #tell(): void {
    if (this.#opened === undefined) {
      return;
    }
    const running: Running = {
      recording: this.id,
      family: this.#opened.family,
      seconds: this.#at,
      stored: this.#stored,
      screenStaysOn: this.#screenStaysOn,
    };
    this.#state.set(stateOf(this.#mode, running, this.#full, this.#waiting.length));
  }
}

function stateOf(mode: Mode, running: Running, full: boolean, heldSeconds: number): RecorderState {
  if (mode === 'stopping') {
    return { state: 'stopping', ...running };
  }
  if (full) {
    return { state: 'storage-full', heldSeconds, ...running };
  }
  if (mode === 'listening') {
    return { state: 'recording', ...running };
  }
  return mode === 'paused' ? { state: 'paused', ...running } : { state: 'interrupted', why: mode, ...running };
}
