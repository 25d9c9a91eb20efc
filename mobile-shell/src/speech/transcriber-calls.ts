/** What transcriber.ts and its worker say to each other. */

import type { Heard, Variant } from './transcriber-api';

/** Starts an engine and loads the model, whose bytes go over for good. */
export interface LoadCall {
  call: 'load';
  id: number;
  /** Address of the engine's module. */
  url: string;
  variant: Variant;
  threads: number;
  model: Uint8Array<ArrayBuffer>;
  /** Four shared bytes: a 1 in them cancels the running window. Undefined where memory can't be shared. */
  cancel: SharedArrayBuffer | undefined;
}

/** Lets the engine work on noise, and says how fast it was. */
export interface WarmUpCall {
  call: 'warmUp';
  id: number;
}

/** Recognises one window. */
export interface RecogniseCall {
  call: 'recognise';
  id: number;
  samples: Int16Array<ArrayBuffer>;
}

export type Call = LoadCall | WarmUpCall | RecogniseCall;

/** What each call is answered with. */
export interface Answers {
  load: { loaded: true } | { refused: 'no-memory' | 'failed'; why: string };
  /** Real-time factor; 0 if it could not be measured. */
  warmUp: { realTimeFactor: number };
  recognise: { heard: Heard[]; engineMs: number } | { stopped: 'cancelled' | 'failed' };
}

export type Reply =
  | { [Name in keyof Answers]: { id: number; call: Name; answer: Answers[Name] } }[keyof Answers]
  | { id: number; call: 'share'; share: number }
  | { id: number; call: 'broken'; why: string };
