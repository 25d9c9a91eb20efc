/** For the keeper's tests: a browser with its clock, its tabs and its one council server. */

import type { Transcriber } from '../speech/transcriber-api';
import { FakeServer } from '../sync/testing';
import { FakeLocks } from '../vault/testing';
import { calls } from './calls';
import { Keeper } from './keeper';
import type { CallContext } from './rpc';
import type { Status, SyncState } from './states';
import { fakeCore, fakeHearing } from './testing';

/** Milliseconds. */
export const DAY = 24 * 60 * 60_000;
export const PASSPHRASE = 'four unrelated words here';
export const context: CallContext = { progress: () => undefined, signal: new AbortController().signal };

/** See above. */
export class Browser {
  now = Date.UTC(2026, 10, 22, 12);
  monotonic = 0;
  server = new FakeServer(() => this.serverNow ?? this.now);
  serverNow: number | undefined;
  timers = new Set<{ at: number; then: () => void }>();
  cleared = 0;
  #locks = new FakeLocks();
  #channel = `channel ${Math.random()}`;
  transcriber: Transcriber | undefined;

  async tab() {
    const told = { status: [] as Status[], sync: [] as SyncState[], changed: 0 };
    const keeper = new Keeper({
      tabs: { locks: this.#locks, channel: () => new BroadcastChannel(this.#channel) },
      carrier: (path, init) => this.server.carrier(path, init),
      now: () => this.now,
      monotonic: () => this.monotonic,
      random: () => 0.5,
      later: (ms, then) => {
        const timer = { at: this.monotonic + ms, then };
        this.timers.add(timer);
        return () => this.timers.delete(timer);
      },
      uuid: () => crypto.randomUUID(),
      loadCore: async () => fakeCore,
      loadHearing: async () => fakeHearing,
      loadSpeech: async () => undefined,
      clearCaches: async () => void this.cleared++,
      tell: (event, value) => {
        if (event === 'status') told.status.push(value as Status);
        if (event === 'sync') told.sync.push(value as SyncState);
        if (event === 'changed') told.changed++;
      },
    });
    await keeper.start();
    const speech = this.transcriber === undefined ? undefined : { transcriber: this.transcriber, model: {} as never };
    const all = calls(keeper, async () => speech);
    return { keeper, told, calls: all, status: () => told.status.at(-1), sync: () => told.sync.at(-1) };
  }

  async enrolled() {
    const tab = await this.tab();
    await tab.calls.enrol(context, { signIn: 'amira', password: this.server.password, passphrase: PASSPHRASE });
    // The first synchronising, which begins by itself, has ended.
    await tab.calls.syncNow();
    await this.quiet();
    return tab;
  }

  /** Time goes by; what is due runs. */
  async pass(ms: number) {
    this.monotonic += ms;
    this.now += ms;
    for (const timer of [...this.timers]) {
      if (timer.at <= this.monotonic) {
        this.timers.delete(timer);
        timer.then();
      }
    }
    await this.quiet();
  }

  /** Until nothing is under way any more. */
  async quiet() {
    for (let turn = 0; turn < 60; turn++) await new Promise((resolve) => setImmediate(resolve));
  }
}
