/**
 * When to synchronise: soon after each change, when the app is opened or shown, now and then, and
 * after failures with growing pauses. Never in a loop, never two at a time.
 */

/** What is asked of a schedule's owner. */
export interface Parts {
  /** One attempt. Resolves to the milliseconds after which a retry makes sense, or undefined when all went well. */
  attempt: () => Promise<'done' | 'failed' | { waitMs: number }>;
  /** As `setTimeout`; returns what cancels it. */
  later: (ms: number, then: () => void) => () => void;
  now: () => number;
  random: () => number;
  onNext: (at: number | undefined) => void;
}

const AFTER_CHANGE_MS = 1_500;
const REGULAR_MS = 5 * 60_000;
const PAUSES_MS = [15_000, 30_000, 60_000, 120_000, 300_000, 600_000];
/** After being shown or told that the network is back, an attempt is not repeated within so many milliseconds. */
const HINT_GAP_MS = 10_000;

/** One phone's schedule. */
export class Schedule {
  readonly #parts: Parts;
  #running: Promise<void> | undefined;
  #again = false;
  #failures = 0;
  #cancel: (() => void) | undefined;
  #due = Number.POSITIVE_INFINITY;
  #last = Number.NEGATIVE_INFINITY;
  #stopped = false;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  /** The person asked, or the vault was opened. Ends when the attempt has ended. */
  async now(): Promise<void> {
    if (this.#stopped) {
      return;
    }
    if (this.#running !== undefined) {
      await this.#running;
      return;
    }
    this.#running = this.#run();
    await this.#running;
  }

  /** Something changed here. */
  changed(): void {
    if (this.#running !== undefined) {
      this.#again = true;
    } else if (this.#failures === 0) {
      this.#plan(AFTER_CHANGE_MS);
    }
  }

  /** The browser believes that there may be a network, or the app is in front again. Only a hint. */
  hint(): void {
    if (this.#running === undefined && this.#parts.now() - this.#last > HINT_GAP_MS) {
      this.#plan(0);
    }
  }

  stop(): void {
    this.#stopped = true;
    this.#cancel?.();
    this.#parts.onNext(undefined);
  }

  async #run(): Promise<void> {
    this.#cancel?.();
    this.#due = Number.POSITIVE_INFINITY;
    this.#again = false;
    this.#parts.onNext(undefined);
    let result: Awaited<ReturnType<Parts['attempt']>> = 'failed';
    try {
      result = await this.#parts.attempt();
    } finally {
      this.#last = this.#parts.now();
      this.#running = undefined;
      this.#afterwards(result);
    }
  }

  #afterwards(result: Awaited<ReturnType<Parts['attempt']>>): void {
    if (this.#stopped) {
      return;
    }
    if (result === 'done') {
      this.#failures = 0;
      this.#plan(this.#again ? AFTER_CHANGE_MS : REGULAR_MS);
      return;
    }
    const pause = PAUSES_MS[Math.min(this.#failures, PAUSES_MS.length - 1)] ?? REGULAR_MS;
    this.#failures += 1;
    // Phones that lost the same mast don't all come back in the same second.
    const spread = pause * (0.75 + this.#parts.random() / 2);
    this.#plan(typeof result === 'object' ? Math.max(result.waitMs, spread) : spread);
  }

  /** Plans the next attempt; an earlier one that is planned already stays. */
  #plan(ms: number): void {
    const due = this.#parts.now() + ms;
    if (this.#stopped || due >= this.#due) {
      return;
    }
    this.#cancel?.();
    this.#due = due;
    this.#parts.onNext(due);
    this.#cancel = this.#parts.later(ms, () => {
      this.#due = Number.POSITIVE_INFINITY;
      void this.now();
    });
  }
}
