/**
 * What screens may do: everything they show and every button goes through {@link App}.
 *
 * Invariants: all calls are asynchronous and end with an answer or an {@link AppError}; when a call
 * that changes something has answered, it is stored durably on this phone; nothing here says
 * "online". Types of the record come from the Rust core (`generated/`), so that no list or rule is
 * written a second time.
 *
 * Not here: how it is done (`client.ts` speaks to `worker.ts`), and anything of IndexedDB or wasm.
 */

import type {
  ActionNews,
  AppendmentReason,
  Cast,
  Chronology,
  Composed,
  DraftCard,
  EntryId,
  EntryKind,
  EntryLine,
  EntryPage,
  FactField,
  FamilyPage,
  Kept,
  Plan,
  Refused,
  Resubmit,
  Review,
  Terms,
  Today,
  Transcript,
} from './generated/types';
import type {
  InstallHint,
  ModelState,
  RecorderState,
  RecordingCard,
  Status,
  StorageState,
  SyncState,
  TranscriptionProgress,
  UpdateState,
} from './states';
import type { Stop, Watchable } from './watch';

export type * from './states';
export type { Stop, Watchable } from './watch';

/** Why a call did not do what was asked. `message` is plain English and says what to do next. */
export interface AppError extends Error {
  /** Stable, for programs: see {@link AppErrorCode}, or a rule's code of the core. */
  code: AppErrorCode | (string & {});
  /** The rule of the record that was broken, with entry and field, when the core refused. */
  rule?: string;
  entry?: string;
  field?: string;
  /** Try again after this many milliseconds (wrong passphrase, throttled sign-in). */
  waitMs?: number;
}

/** Codes of the shell itself. */
export type AppErrorCode =
  | 'locked'
  | 'lease-over'
  | 'elsewhere'
  | 'wrong-passphrase'
  | 'wait'
  | 'weak-passphrase'
  | 'wrong-sign-in'
  | 'unreachable'
  | 'clock'
  | 'revoked'
  | 'server'
  | 'passkey-unsupported'
  | 'passkey-cancelled'
  | 'storage-full'
  | 'storage-failed'
  | 'storage-off'
  | 'core-refused'
  | 'core-broken'
  | 'no-model'
  | 'too-weak'
  | 'cancelled'
  | 'busy'
  | 'not-found'
  | 'not-enrolled'
  | 'unsupported';

/** Enrolling this phone. The password goes to the server once; the passphrase never leaves the phone. */
export interface Enrolment {
  /** The sign-in name of the council's account. */
  signIn: string;
  password: string;
  /** Opens this phone's sealed work: 12 characters at least; there is no PIN. */
  passphrase: string;
}

/** How to open: by passphrase, or by the phone's own lock (passkey). */
export type Unlocking = { passphrase: string } | { passkey: true };

/** What a draft is made from. */
export type ComposeFrom = { recording: string } | { text: string };

/** Sound for "hear that second": 16,000 samples a second, mono, -1 to 1. */
export interface Sound {
  sampleRate: 16000;
  samples: Float32Array;
}

/** The microphone. One recording at a time. */
export interface Recorder {
  state: Watchable<RecorderState>;
  /** Loudness now, 0 to 1; 0 when not recording. Changes some ten times a second. */
  level: Watchable<number>;
  /** Starts a recording for a family. Call it from a tap: browsers ask for the microphone then. */
  start(family: string): Promise<string>;
  /** Goes on with a recording that was cut off. */
  goOn(recording: string): Promise<string>;
  pause(): Promise<void>;
  /** After `pause()` or an interruption. */
  resume(): Promise<void>;
  /** Ends and stores it; answers when the last second is sealed. */
  stop(): Promise<RecordingCard>;
}

/** Everything that screens can show and do. */
export interface App {
  // What is going on.
  status: Watchable<Status>;
  sync: Watchable<SyncState>;
  model: Watchable<ModelState>;
  storage: Watchable<StorageState>;
  update: Watchable<UpdateState>;
  install: Watchable<InstallHint>;
  recorder: Recorder;
  /** Called when something in the record, drafts, recordings or quarantine changed: read again. */
  onChange(listener: () => void): Stop;

  // The vault.
  enrol(enrolment: Enrolment): Promise<void>;
  unlock(how: Unlocking): Promise<void>;
  /** Locks the screens. A recording or transcription under way goes on. */
  lock(): Promise<void>;
  /** Call on every touch or key, so that the automatic lock waits. Cheap. */
  touched(): void;
  /** Opens with the phone's own lock from now on, too. Needs the passphrase once more. */
  addPasskey(passphrase: string): Promise<void>;
  /** Whether this browser can do passkeys that open sealed storage. */
  passkeyPossible(): Promise<boolean>;
  changePassphrase(old: string, fresh: string): Promise<void>;
  /** Takes the workbook over from another tab. */
  takeOver(): Promise<void>;
  /** Deletes everything on this phone, for good: asked for by its owner, or after `wiped`. */
  forget(): Promise<void>;
  /** Unsent work as one file, sealed with a passphrase of its own. */
  rescueExport(passphrase: string): Promise<Blob>;
  /** Asks the browser to keep the app's storage. */
  askToPersist(): Promise<void>;

  // Reading.
  terms(): Promise<Terms>;
  today(): Promise<Today>;
  family(family: string): Promise<FamilyPage>;
  chronology(family: string): Promise<Chronology>;
  entries(family: string): Promise<EntryLine[]>;
  entry(family: string, entry: string): Promise<EntryPage>;
  plan(family: string): Promise<Plan>;
  /** Who and what a draft of this family can name. */
  cast(family: string): Promise<Cast>;

  // Speaking.
  recordings(): Promise<RecordingCard[]>;
  /** Turns a recording into text on this phone. Goes on where it was cut off; `signal` cancels. */
  transcribe(
    recording: string,
    onProgress?: (progress: TranscriptionProgress) => void,
    signal?: AbortSignal,
  ): Promise<Transcript>;
  /** A finished transcript, or undefined. */
  transcript(recording: string): Promise<Transcript | undefined>;
  /** The sound between two times in milliseconds of the recording, at most 60 seconds. */
  sound(recording: string, fromMs: number, toMs: number): Promise<Sound>;
  /** Plays it; ends when it has been heard or `signal` stops it. */
  play(recording: string, fromMs: number, toMs: number, signal?: AbortSignal): Promise<void>;
  /** Deletes a recording and its text for good. Asked for by the person, never done by itself. */
  discardRecording(recording: string): Promise<void>;
  /** Fetches and checks the speech model (once; some 30 to 60 MB). `signal` stops it. */
  fetchModel(signal?: AbortSignal): Promise<void>;

  // Writing.
  /** Makes a draft from a recording's transcript or from typed text, and keeps it. */
  compose(family: string, from: ComposeFrom, recordedOn?: string): Promise<Composed>;
  /** Begins an empty draft of a kind of entry, and keeps it. */
  begin(family: string, kind?: EntryKind): Promise<Composed>;
  drafts(): Promise<DraftCard[]>;
  draft(id: string): Promise<Kept>;
  keep(draft: Kept): Promise<void>;
  discard(id: string): Promise<void>;
  review(draft: Kept): Promise<Review>;
  /** The author's acceptance: the entry is stored, then its recording is destroyed. */
  complete(id: string): Promise<void>;
  append(family: string, entry: string, reason: AppendmentReason, text: string): Promise<void>;
  /** Settles a disagreement of facts: the value that holds, and the facts that it takes the place of. */
  settle(family: string, person: string, field: FactField, value: string, supersedes: string[]): Promise<void>;
  actionNews(family: string, news: ActionNews): Promise<void>;

  // Sending.
  /** Synchronises now. Ends when an attempt has ended; `sync` says how. */
  syncNow(): Promise<void>;
  refused(): Promise<Refused[]>;
  /** The owner has read that a family's record was erased (`sync.erased`). */
  seenErased(): Promise<void>;
  /** Brings a refused entry back. As a draft, answers with the draft's id. */
  resubmit(id: string, as: Resubmit): Promise<{ draft?: EntryId }>;

  // The app itself.
  /** Call while a draft on screen has unsaved keystrokes; release when kept. Updates and take-overs wait. */
  hold(): Stop;
  /** Restarts into the new version. Refused with `busy` while something must not be interrupted. */
  applyUpdate(): Promise<void>;
  /** Shows the browser's own installation prompt, when `install` is `prompt`. */
  installNow(): Promise<void>;
}
