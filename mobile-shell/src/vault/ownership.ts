/**
 * One tab owns the workbook. The others say so and may take it over, unless it is being recorded.
 *
 * The browser's lock decides; a channel carries the polite question before a lock is taken away from
 * a tab. A tab that does not answer (frozen by the phone) loses it without being asked.
 */

const NAME = 'family-workbook';
/** How long a tab may take to answer whether it is busy, in milliseconds. */
const ANSWER_LIMIT = 1_500;

/** What one tab asks another. */
type Note = { ask: 'may-i' } | { answer: 'busy' } | { answer: 'released' };

/** What ownership needs of the browser; fakes in tests. */
export interface Tabs {
  locks: Pick<LockManager, 'request'>;
  channel: () => BroadcastChannel;
}

/** The browser's own. */
export function browserTabs(): Tabs {
  return { locks: navigator.locks, channel: () => new BroadcastChannel(NAME) };
}

/** The result of trying to own the workbook. */
export type Claim = 'owned' | 'taken' | 'busy';

/** This tab's claim to the workbook. */
export class Ownership {
  readonly #tabs: Tabs;
  readonly #channel: BroadcastChannel;
  readonly #isBusy: () => boolean;
  readonly #onLost: () => Promise<void>;
  #release: (() => void) | undefined;

  /**
   * `isBusy`: nothing may take the workbook away now. `onLost`: let go of everything; called before
   * the lock is given up, or after it was taken.
   */
  constructor(tabs: Tabs, isBusy: () => boolean, onLost: () => Promise<void>) {
    this.#tabs = tabs;
    this.#isBusy = isBusy;
    this.#onLost = onLost;
    this.#channel = tabs.channel();
    this.#channel.onmessage = (event: MessageEvent<Note>) => void this.#hear(event.data);
  }

  get isOwned(): boolean {
    return this.#release !== undefined;
  }

  /** Takes the workbook if no other tab has it. */
  claim(): Promise<Claim> {
    return this.#request({ mode: 'exclusive', ifAvailable: true });
  }

  /** Asks the owner to let go, and takes the workbook unless the owner is busy. */
  async takeOver(): Promise<Claim> {
    const answer = await this.#ask();
    if (answer === 'busy') {
      return 'busy';
    }
    return answer === 'released' ? this.#request({ mode: 'exclusive' }) : this.#request({ steal: true });
  }

  /** Gives the workbook up. */
  close(): void {
    this.#release?.();
    this.#release = undefined;
    this.#channel.close();
  }

  #request(options: LockOptions): Promise<Claim> {
    return new Promise((resolve, reject) => {
      this.#tabs.locks
        .request(NAME, options, (lock) => {
          if (lock === null) {
            resolve('taken');
            return undefined;
          }
          return new Promise<void>((release) => {
            this.#release = release;
            resolve('owned');
          });
        })
        .catch((cause: unknown) => {
          // After `resolve` this does nothing: the lock was stolen from this tab.
          reject(cause);
          if (this.#release !== undefined) {
            this.#release = undefined;
            void this.#onLost();
          }
        });
    });
  }

  #ask(): Promise<'busy' | 'released' | undefined> {
    return new Promise((resolve) => {
      const channel = this.#tabs.channel();
      const end = (answer?: 'busy' | 'released') => {
        clearTimeout(timer);
        channel.close();
        resolve(answer);
      };
      const timer = setTimeout(end, ANSWER_LIMIT);
      channel.onmessage = (event: MessageEvent<Note>) => {
        if ('answer' in event.data) {
          end(event.data.answer);
        }
      };
      channel.postMessage({ ask: 'may-i' } satisfies Note);
    });
  }

  async #hear(note: Note): Promise<void> {
    if (!('ask' in note) || this.#release === undefined) {
      return;
    }
    if (this.#isBusy()) {
      this.#channel.postMessage({ answer: 'busy' } satisfies Note);
      return;
    }
    const release = this.#release;
    this.#release = undefined;
    try {
      await this.#onLost();
    } finally {
      release();
      this.#channel.postMessage({ answer: 'released' } satisfies Note);
    }
  }
}
