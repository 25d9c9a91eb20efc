/**
 * The server's stream of news: says when to pull, never what was written.
 *
 * A convenience only. Without it the schedule synchronises as ever; nothing is shown of whether it is
 * open, because an open stream proves nothing about what was sent. It is a `fetch` and no
 * `EventSource`, which can't sign its request.
 */

/** What a listener needs. */
export interface EventsParts {
  /** Opens one stream; resolves to its answer. */
  open: (signal: AbortSignal) => Promise<Response>;
  /** Something may be new. */
  onNews: () => void;
  /** As `setTimeout`; returns what cancels it. */
  later: (ms: number, then: () => void) => () => void;
  random: () => number;
}

/** Pauses before another stream is opened, when one ended or could not be opened, in milliseconds. */
const PAUSES_MS = [5_000, 30_000, 120_000, 600_000];
/** What isn't read within so many characters is no event of ours. */
const LONGEST_EVENT = 10_000;

/** Listens from `start` to `stop`. */
export class Events {
  readonly #parts: EventsParts;
  #stopped: AbortController | undefined;
  #cancel: (() => void) | undefined;
  #failures = 0;

  constructor(parts: EventsParts) {
    this.#parts = parts;
  }

  start(): void {
    if (this.#stopped === undefined) {
      this.#stopped = new AbortController();
      void this.#listen(this.#stopped.signal);
    }
  }

  stop(): void {
    this.#stopped?.abort();
    this.#stopped = undefined;
    this.#cancel?.();
  }

  async #listen(signal: AbortSignal): Promise<void> {
    try {
      const response = await this.#parts.open(signal);
      const kind = response.headers.get('content-type') ?? '';
      if (response.ok && kind.startsWith('text/event-stream') && response.body !== null) {
        await this.#read(response.body, signal);
      } else {
        await response.body?.cancel();
        this.#failures += 1;
      }
    } catch {
      // No signal, an old browser, a proxy that cuts streams: the schedule goes on without.
      this.#failures += 1;
    }
    if (signal.aborted) {
      return;
    }
    const pause = PAUSES_MS[Math.min(this.#failures, PAUSES_MS.length - 1)] ?? 0;
    // Phones that a stopping server cut off don't all come back in the same second.
    this.#cancel = this.#parts.later(pause * (0.75 + this.#parts.random() / 2), () => void this.#listen(signal));
  }

  async #read(body: ReadableStream<Uint8Array>, signal: AbortSignal): Promise<void> {
    const reader = body.getReader();
    const decoder = new TextDecoder();
    let text = '';
    for (;;) {
      const { done, value } = await reader.read();
      if (done || signal.aborted) {
        return;
      }
      text += decoder.decode(value, { stream: true });
      const events = text.split('\n\n');
      text = (events.pop() ?? '').slice(-LONGEST_EVENT);
      // A sign of life is a comment; which document has grown the pull finds out.
      if (events.some((event) => /^event: (grown|catch-up)$/m.test(event))) {
        this.#failures = 0;
        this.#parts.onNews();
      }
    }
  }
}
