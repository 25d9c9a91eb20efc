/**
 * The facade of `crates/device`, as the worker uses it: the signatures of the wasm package, named so
 * that tests can put a stand-in in its place. Shapes are generated.
 *
 * `now` is milliseconds since 1970; `entropy` 32 fresh random bytes. What a call needs and does not
 * hold it asks for by an error with code `needs-rows` and the `keys`.
 */

import type { Listening } from '../speech/transcriber-api';
import type * as core from './generated/types';
import type { Effects, Handed, Profile, Row } from './generated/types';

/** Effects with what else happened. */
export type Synced = Effects & { syncing: core.Syncing };
/** Effects with the draft that a refused entry became. */
export type Resubmitted = Effects & { draft?: core.EntryId };

/** One phone's record. */
export interface Device {
  hold(rows: Handed[], now: number): Effects;
  release(family?: string): void;
  today(now: number): core.Today;
  family(family: string, now: number): core.FamilyPage;
  cast(family: string, now: number): core.Cast;
  plan(family: string, now: number): core.Plan;
  chronology(family: string, now: number): core.Chronology;
  entries(family: string, now: number): core.EntryLine[];
  entry(family: string, id: string, now: number): core.EntryPage;
  states(): Record<string, core.SyncState>;
  people(family: string, now: number): object;
  compose(family: string, request: core.WriteRequest, spoken: object, now: number, entropy: Uint8Array): core.Composed;
  begin(family: string, kind: core.EntryKind | undefined, now: number, entropy: Uint8Array): core.Composed;
  keep(kept: core.Kept, now: number): Effects;
  drafts(now: number): core.DraftCard[];
  draft(id: string): core.Kept;
  discard(id: string): Effects;
  review(kept: core.Kept, now: number): core.Review;
  complete(id: string, now: number, entropy: Uint8Array): Effects;
  append(family: string, entry: string, reason: core.AppendmentReason, text: string, now: number, entropy: Uint8Array): Effects;
  settle(family: string, person: string, field: core.FactField, value: string, supersedes: string[], now: number, entropy: Uint8Array): Effects;
  actionNews(family: string, news: core.ActionNews, now: number, entropy: Uint8Array): Effects;
  pullRequest(): unknown;
  pulledNeeds(body: Uint8Array): string[];
  pulled(body: Uint8Array, now: number, entropy: Uint8Array): Synced;
  pushRequest(): unknown | undefined;
  pushedNeeds(body: Uint8Array): string[];
  pushed(body: Uint8Array, now: number, entropy: Uint8Array): Synced;
  quarantine(): core.Refused[];
  resubmit(id: string, as: core.Resubmit, now: number, entropy: Uint8Array): Resubmitted;
  rescue(): core.Rescue;
  free(): void;
}

/** The core's module once its WebAssembly runs. */
export interface Core {
  Device: {
    open(profile: Profile, rows: Row[]): Device;
    signingText(method: string, path: string, millis: number, body: Uint8Array): string;
    terms(): core.Terms;
  };
}

/**
 * The text half of dictation (`crates/hearing`), a module of its own that is loaded when somebody speaks or
 * writes. What goes between it and the core is theirs alone.
 */
export interface Hearing {
  Listening: new () => Listening;
  /** What a text says of a visit; `people` is `Device.people`'s answer, `spoken` of `Device.compose` this one's. */
  read(text: string, people: object, recordedOn: string): object;
}
