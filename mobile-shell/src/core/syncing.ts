/** Synchronising one open record: the line, the rounds, the schedule, and what screens are told. */

import { Events } from '../sync/events';
import { Line } from '../sync/line';
import { round } from '../sync/round';
import { Schedule } from '../sync/schedule';
import type { Desk } from './desk';
import type { EntrySync, SyncState } from './states';
import { asProblem } from './errors';
import type { Surroundings } from './surroundings';

/** Nothing has happened yet. */
export const NO_SYNC: SyncState = { running: false, waiting: 0, refused: 0, entries: {} };

/** What is told when the phone's clock is further off than this, in milliseconds. */
const CLOCK_MATTERS_MS = 2 * 60_000;

/** What syncing needs beside the surroundings. */
export interface SyncingParts {
  desk: Desk;
  key: CryptoKey;
  device: string;
  signingText: (method: string, path: string, millis: number, body: Uint8Array) => string;
  surroundings: Surroundings;
  lastContact: number | undefined;
  onContact: (leaseDays: number) => Promise<void>;
  onRevoked: () => Promise<void>;
  onChanged: () => void;
  /** The council erased these families' records: their rows are gone, their recordings must go. */
  onErased: (families: readonly string[]) => Promise<void>;
}

/** Syncing from unlocking to locking. */
export class Syncing {
  readonly #parts: SyncingParts;
  readonly #line: Line;
  readonly #schedule: Schedule;
  readonly #events: Events;
  readonly #sent = new Set<string>();
  #state: SyncState = NO_SYNC;
  #pushing = false;

  constructor(parts: SyncingParts) {
    this.#parts = parts;
    const { surroundings, key, device, signingText } = parts;
    if (parts.lastContact !== undefined) {
      this.#state = { ...this.#state, lastContact: parts.lastContact };
    }
    this.#line = new Line({
      carrier: surroundings.carrier,
      key,
      device,
      signingText,
      now: surroundings.now,
      onContact: async (days) => {
        this.#tell({ lastContact: surroundings.now() });
        await parts.onContact(days);
      },
    });
    this.#events = new Events({
      open: (signal) => this.#line.listen('/api/sync/events', signal),
      onNews: () => this.#schedule.changed(),
      later: surroundings.later,
      random: surroundings.random,
    });
    this.#schedule = new Schedule({
      attempt: () => this.#attempt(),
      later: surroundings.later,
      now: surroundings.monotonic,
      random: surroundings.random,
      onNext: (at) => {
        const { nextTryAt: _, ...rest } = this.#state;
        this.#state = at === undefined ? rest : { ...rest, nextTryAt: surroundings.now() + Math.max(0, at - surroundings.monotonic()) };
        surroundings.tell('sync', this.#state);
      },
    });
  }

  /** Synchronises now; ends when the attempt has ended. */
  now(): Promise<void> {
    return this.#schedule.now();
  }

  /** Something was written here. */
  async changed(): Promise<void> {
    await this.refresh();
    this.#schedule.changed();
  }

  hint(): void {
    this.#schedule.hint();
  }

  /** Hears of news from now on, until stopped. */
  listen(): void {
    this.#events.start();
  }

  stop(): void {
    this.#events.stop();
    this.#schedule.stop();
  }

  /** Whether the owner is to be told that a family's record was erased. */
  tellErased(erased: boolean): void {
    this.#tell({ erased: erased ? true : undefined });
  }

  /** How long the server's clock is ahead of the phone's. */
  get clockOffset(): number {
    return this.#line.clockOffset;
  }

  /** Reads anew what waits and what was refused. */
  async refresh(): Promise<void> {
    const [states, today] = await this.#parts.desk.read((device) => [device.states(), device.quarantine().length] as const);
    const entries: Record<string, EntrySync> = {};
    for (const id of this.#sent) {
      entries[id] = 'in-the-workbook';
    }
    let waiting = 0;
    for (const [id, state] of Object.entries(states)) {
      entries[id] = state === 'on-this-phone' && this.#pushing ? 'sending' : state;
      waiting += state === 'on-this-phone' ? 1 : 0;
    }
    for (const id of Object.keys(this.#state.entries)) {
      // It waited before and does not any more: the server has it.
      if (!(id in states)) {
        this.#sent.add(id);
        entries[id] = 'in-the-workbook';
      }
    }
    this.#tell({ entries, waiting, refused: today });
  }

  async #attempt(): Promise<'done' | 'failed' | { waitMs: number }> {
    const { desk, onChanged, onErased, onRevoked } = this.#parts;
    this.#tell({ running: true });
    try {
      const whole = await round(
        {
          pushRequest: async () => (await desk.read((device) => device.pushRequest())) as object | undefined,
          pushed: async (answer) => {
            await desk.pushed(answer);
            this.#pushing = false;
            await this.refresh();
            onChanged();
          },
          pullRequest: async () => (await desk.read((device) => device.pullRequest())) as object,
          pulled: async (answer) => {
            const { syncing } = await desk.pulled(answer);
            if (syncing.erased.length > 0) {
              await onErased(syncing.erased);
            }
            if (syncing.families.length > 0 || syncing.gone.length > 0 || syncing.erased.length > 0) {
              onChanged();
            }
            return syncing.more;
          },
        },
        async (path, request) => {
          if (path.endsWith('/push')) {
            this.#pushing = true;
            await this.refresh();
          }
          return this.#line.post(path, request);
        },
      );
      this.#tell({ problem: undefined });
      return whole ? 'done' : 'failed';
    } catch (cause) {
      const problem = asProblem(cause);
      if (problem.code === 'revoked') {
        await onRevoked();
        return 'failed';
      }
      this.#tell({ problem: { code: problem.code, message: problem.message } });
      return problem.waitMs === undefined ? 'failed' : { waitMs: problem.waitMs };
    } finally {
      this.#pushing = false;
      const off = Math.abs(this.#line.clockOffset) > CLOCK_MATTERS_MS ? this.#line.clockOffset : undefined;
      this.#tell({ running: false, clockOffMs: off });
      await this.refresh().catch(() => undefined);
    }
  }

  /** Fields that are undefined are taken away. */
  #tell(news: { [K in keyof SyncState]?: SyncState[K] | undefined }): void {
    const merged = Object.entries({ ...this.#state, ...news }).filter(([, value]) => value !== undefined);
    this.#state = Object.fromEntries(merged) as unknown as SyncState;
    this.#parts.surroundings.tell('sync', this.#state);
  }
}
