/** What the worker's parts need from outside, in one place, so that tests can put fakes there. */

import type { ModelStore, Transcriber } from '../speech/transcriber-api';
import type { Carrier } from '../sync/transport';
import type { Tabs } from '../vault/ownership';
import type { Core, Hearing } from './device-api';

/** Outside. */
export interface Surroundings {
  tabs: Tabs;
  carrier: Carrier;
  /** The phone's clock, in milliseconds since 1970. */
  now: () => number;
  /** A clock that is never set, in milliseconds. */
  monotonic: () => number;
  random: () => number;
  /** As `setTimeout`; returns what cancels it. */
  later: (ms: number, then: () => void) => () => void;
  uuid: () => string;
  /** Starts the core's WebAssembly. @throws Problem `unsupported` with what is missing. */
  loadCore: () => Promise<Core>;
  /** The same for what reads texts and recordings, when somebody writes or speaks. */
  loadHearing: () => Promise<Hearing>;
  /** The speech half; undefined where this build has none. */
  loadSpeech: (hearing: () => Promise<Hearing>) => Promise<{ transcriber: Transcriber; model: ModelStore } | undefined>;
  /** Deletes what the browser cached beside the vault (the speech model). */
  clearCaches: () => Promise<void>;
  /** Tells the page. */
  tell: (event: 'status' | 'sync' | 'model' | 'changed' | 'full' | 'restart', value: unknown) => void;
  database?: string;
}
