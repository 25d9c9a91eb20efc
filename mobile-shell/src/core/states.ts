/** The states that screens show: vault, sync, model, recorder, storage, update and installation. */

/** Whether the sealed work on this phone can be read now, and if not, why. */
export type Status =
  /** The worker has not answered yet; lasts a moment. */
  | { state: 'starting' }
  /** Nobody has enrolled this phone: show sign-in and the choice of a passphrase. */
  | { state: 'new' }
  /** Sealed. `recording` and `transcribing` go on behind the lock; `waitMs` after wrong passphrases. */
  | {
      state: 'locked';
      because: 'start' | 'asked' | 'idle' | 'storage-failed' | 'restarted';
      passkey: boolean;
      waitMs: number;
      recording: boolean;
      transcribing: boolean;
    }
  /** Open. `leaseEndsAt` in milliseconds since 1970, by this phone's clock. */
  | { state: 'open'; person: Person; passkey: boolean; leaseEndsAt: number; leaseDays: number }
  /** The lease on the copies is over: nothing is shown until the server has answered. */
  | { state: 'lease-over'; unlocked: boolean; passkey: boolean; leaseDays: number; waitMs: number }
  /** The council has taken this phone out of use: what was here is gone. */
  | { state: 'wiped'; at: number; unsent: number }
  /** Another tab has the workbook open. `busy`: it is recording, so that it can't be taken over. */
  | { state: 'elsewhere'; busy: boolean }
  /** This browser does not let the app store anything (private mode, blocked, broken). */
  | { state: 'storage-off'; message: string }
  /** This browser can't run the app: says what is missing and what to use instead. */
  | { state: 'unsupported'; missing: 'wasm' | 'crypto' | 'core-changed' | 'worker'; message: string };

/** Whose phone it is. */
export interface Person {
  professional: string;
  device: string;
  name: string;
  /** The discipline's code; its label is in `terms()`. */
  discipline: string;
}

/** Where one own entry is. Only what the server has acknowledged counts as sent. */
export type EntrySync = 'on-this-phone' | 'sending' | 'in-the-workbook' | 'refused';

/** What synchronising does. Never "online": only what was acknowledged. */
export interface SyncState {
  running: boolean;
  /** Changes on this phone that the server has not acknowledged. */
  waiting: number;
  /** Changes that the server refused and that need the author. */
  refused: number;
  /** Own entries that are not in the workbook yet, or that became so in this session, by entry id. */
  entries: Readonly<Record<string, EntrySync>>;
  /** When the server last answered, in milliseconds since 1970; absent when never. */
  lastContact?: number;
  /** Why the last attempt did not reach its end, for people, with what to do. */
  problem?: { code: string; message: string };
  /** When the next attempt is due by itself, in milliseconds since 1970. */
  nextTryAt?: number;
  /** A family's record was erased by the council, and everything of it here; until the owner has seen it. */
  erased?: boolean;
  /** How far this phone's clock is from the server's, when it matters (more than 2 minutes). */
  clockOffMs?: number;
}

/** The speech model on this phone. */
export type ModelState =
  | { state: 'missing'; bytes: number; total: number }
  | { state: 'fetching'; bytes: number; total: number }
  | { state: 'ready'; bytes: number; total: number; name: string }
  /** What came does not have the checksum that the server named: fetch again. */
  | { state: 'corrupt'; bytes: number; total: number }
  /** This phone can't transcribe in bearable time: recordings wait here, sealed. Type instead. */
  | { state: 'too-weak'; bytes: number; total: number };

/** The microphone and what became of it. Seconds are whole seconds of sound. */
export type RecorderState =
  | { state: 'idle' }
  /** The browser asks the person for the microphone. */
  | { state: 'asking' }
  | ({ state: 'recording' } & Running)
  | ({ state: 'paused' } & Running)
  /** A call or another app took the microphone. `resume()` goes on with the same recording. */
  | ({ state: 'interrupted'; why: 'microphone-taken' | 'microphone-lost' | 'phone-slept' } & Running)
  /** Storage is full: sound is kept in memory for as long as that lasts and written when there is room. */
  | ({ state: 'storage-full'; heldSeconds: number } & Running)
  /** The last seconds are being written. */
  | ({ state: 'stopping' } & Running)
  | { state: 'refused'; why: 'denied' | 'no-microphone' | 'in-use' | 'unsupported'; message: string };

/** A recording under way. */
export interface Running {
  recording: string;
  family: string;
  /** Seconds of sound so far, of all sittings of this recording. */
  seconds: number;
  /** Of those, how many are sealed and stored. */
  stored: number;
  /** Whether the browser agreed to keep the screen on. */
  screenStaysOn: boolean;
}

/** A recording on this phone that no completed entry has taken up yet. */
export interface RecordingCard {
  id: string;
  family: string;
  /** When it was begun, in milliseconds since 1970. */
  begunAt: number;
  /** Seconds of sound stored. */
  seconds: number;
  /** False when the app was killed in mid-recording: offer to go on or to finish. */
  finished: boolean;
  /** How much of it is text already, in seconds of sound. */
  transcribedSeconds: number;
  /** Whether the whole transcript is stored. */
  transcribed: boolean;
  /** The draft made from it. */
  draft?: string;
}

/** How far a transcription is. */
export interface TranscriptionProgress {
  /** Seconds of sound done and in all. */
  seconds: number;
  total: number;
  /** The text so far. */
  text: string;
  /** About how many seconds of waiting are left; absent until it can be told. */
  secondsLeft?: number;
}

/** Room on this phone. */
export interface StorageState {
  /** Whether the browser promised not to clear the app's storage by itself. */
  persistent: 'yes' | 'refused' | 'unknown';
  /** Bytes used and allowed, as the browser estimates; absent when it does not say. */
  used?: number;
  quota?: number;
  /** Storing failed for want of room. Nothing was lost: free some space or export. */
  full: boolean;
}

/** A new version of the app. It is never applied by itself. */
export type UpdateState =
  | { state: 'none' }
  | { state: 'ready' }
  /** Ready, and waits for what must not be interrupted. */
  | { state: 'held'; by: ('recording' | 'transcribing' | 'unsaved-draft' | 'sending')[] }
  | { state: 'applying' };

/** How to put the app on the home screen, and whether to say so. */
export type InstallHint =
  | { kind: 'none' }
  | { kind: 'installed' }
  /** The browser offers it: show a button that calls `install()`. */
  | { kind: 'prompt' }
  /** Safari on iPhone or iPad: Share, then Add to Home Screen. Without it iOS clears storage after 7 days. */
  | { kind: 'ios-safari' }
  /** Another browser on iPhone or iPad: its share menu, or open in Safari. */
  | { kind: 'ios-other' }
  /** Android without a prompt: the browser's menu, Install app. */
  | { kind: 'android-menu' };
