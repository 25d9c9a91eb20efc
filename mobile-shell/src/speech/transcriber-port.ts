/**
 * The speech worker seen from outside: calls with answers, cancelling, ending.
 *
 * Invariant: one call at a time; after `end` every call that waits is rejected.
 */

import type { Answers, Call, Reply } from './transcriber-calls';

/** What of a `Worker` is used, so that tests can put one of their own. */
export interface WorkerLike {
  postMessage(message: unknown, transfer: Transferable[]): void;
  terminate(): void;
  onmessage: ((event: MessageEvent) => void) | null;
  onerror: ((event: ErrorEvent) => void) | null;
}

/** The worker broke or was ended. */
export class WorkerEnded extends Error {
  override readonly name = 'WorkerEnded';
}

// `Omit` on a union would keep only what all have in common.
type WithoutId<T> = T extends Call ? Omit<T, 'id'> : never;
type Answered<T> = T extends { call: keyof Answers } ? Answers[T['call']] : never;

export class SpeechPort {
  readonly #worker: WorkerLike;
  /** Shared with the engine where memory can be shared: 1 cancels. */
  readonly cancelFlag: SharedArrayBuffer | undefined;
  #waiting: { id: number; resolve: (answer: never) => void; reject: (error: Error) => void } | undefined;
  #onShare: (share: number) => void = () => undefined;
  #count = 0;
  #ended: WorkerEnded | undefined;

  constructor(worker: WorkerLike, canShare: boolean) {
    this.#worker = worker;
    this.cancelFlag = canShare ? new SharedArrayBuffer(4) : undefined;
    worker.onmessage = ({ data }: MessageEvent<Reply>) => this.#hear(data);
    worker.onerror = () => this.end('the speech worker broke');
  }

  get isEnded(): boolean {
    return this.#ended !== undefined;
  }

  /** @throws WorkerEnded */
  call<T extends WithoutId<Call>>(call: T, transfer: Transferable[] = [], onShare?: (share: number) => void): Promise<Answered<T>> {
    if (this.#ended !== undefined) {
      return Promise.reject(this.#ended);
    }
    if (this.#waiting !== undefined) {
      return Promise.reject(new Error('the speech worker does one thing at a time'));
    }
    if (this.cancelFlag !== undefined) {
      Atomics.store(new Int32Array(this.cancelFlag), 0, 0);
    }
    const id = ++this.#count;
    this.#onShare = onShare ?? (() => undefined);
    return new Promise((resolve, reject) => {
      this.#waiting = { id, resolve, reject };
      this.#worker.postMessage({ ...call, id }, transfer);
    });
  }

  /** Asks the engine to stop; false where it can't be asked and the worker has to be ended. */
  cancel(): boolean {
    if (this.cancelFlag === undefined) {
      return false;
    }
    Atomics.store(new Int32Array(this.cancelFlag), 0, 1);
    return true;
  }

  /** Ends the worker and gives its memory back. */
  end(why: string): void {
    if (this.#ended !== undefined) {
      return;
    }
    this.#ended = new WorkerEnded(why);
    this.#worker.terminate();
    this.#waiting?.reject(this.#ended);
    this.#waiting = undefined;
  }

  #hear(reply: Reply): void {
    if (reply.id !== this.#waiting?.id) {
      return;
    }
    if (reply.call === 'share') {
      this.#onShare(reply.share);
    } else if (reply.call === 'broken') {
      this.end(reply.why);
    } else {
      const { resolve } = this.#waiting;
      this.#waiting = undefined;
      resolve(reply.answer as never);
    }
  }
}
