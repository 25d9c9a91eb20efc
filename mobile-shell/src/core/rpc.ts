/**
 * Calls through a port: a request gets one answer or one problem, may tell progress on the way, and
 * can be cancelled. Events go one way, from the worker to the page.
 */

import { asProblem, fromPlain, type PlainProblem, Problem, toPlain } from './errors';

/** Functions that can be called from the other side. The last argument is the call's context. */
export type Handlers = Record<string, (context: CallContext, ...args: never[]) => unknown>;

/** What a handler may do while it runs. */
export interface CallContext {
  progress(value: unknown): void;
  /** Aborted when the caller cancels. */
  signal: AbortSignal;
}

/** What a caller may ask for. */
export interface CallOptions {
  onProgress?: ((value: never) => void) | undefined;
  signal?: AbortSignal | undefined;
  /** Buffers that move instead of being copied. */
  transfer?: Transferable[];
}

type ToWorker = { id: number; call: string; args: unknown[] } | { cancel: number };
type ToPage =
  | { id: number; value: unknown }
  | { id: number; problem: PlainProblem }
  | { id: number; progress: unknown }
  | { event: string; value: unknown };

/** The parts of a port that both a worker and its page have. */
export interface Port {
  postMessage(message: unknown, transfer?: Transferable[]): void;
  addEventListener(type: 'message', listener: (event: MessageEvent) => void): void;
}

/** The answering side. Returns what tells events. */
export function serve(port: Port, handlers: Handlers): (event: string, value: unknown) => void {
  const running = new Map<number, AbortController>();
  const answer = (message: ToPage) => port.postMessage(message);
  port.addEventListener('message', (event: MessageEvent<ToWorker>) => {
    const message = event.data;
    if ('cancel' in message) {
      running.get(message.cancel)?.abort();
      return;
    }
    const { id, call, args } = message;
    const controller = new AbortController();
    running.set(id, controller);
    const context: CallContext = {
      progress: (progress) => answer({ id, progress }),
      signal: controller.signal,
    };
    const run = async () => {
      const handler = Object.hasOwn(handlers, call) ? handlers[call] : undefined;
      if (handler === undefined) {
        throw new Problem('core-broken', 'Two versions of the app are open. Close all its tabs and open it again.');
      }
      return handler(context, ...(args as never[]));
    };
    run()
      .then(
        (value) => answer({ id, value }),
        (cause: unknown) => answer({ id, problem: toPlain(cause) }),
      )
      .finally(() => running.delete(id));
  });
  return (event, value) => answer({ event, value });
}

interface Pending {
  resolve: (value: unknown) => void;
  reject: (cause: Problem) => void;
  onProgress?: ((value: never) => void) | undefined;
}

/** The calling side. */
export class Remote {
  readonly #port: Port;
  readonly #pending = new Map<number, Pending>();
  #next = 1;

  constructor(port: Port, onEvent: (event: string, value: unknown) => void) {
    this.#port = port;
    port.addEventListener('message', (event: MessageEvent<ToPage>) => {
      const message = event.data;
      if ('event' in message) {
        onEvent(message.event, message.value);
        return;
      }
      const pending = this.#pending.get(message.id);
      if ('progress' in message) {
        pending?.onProgress?.(message.progress as never);
        return;
      }
      this.#pending.delete(message.id);
      if ('problem' in message) {
        pending?.reject(fromPlain(message.problem));
      } else {
        pending?.resolve(message.value);
      }
    });
  }

  call<T>(call: string, args: unknown[], { onProgress, signal, transfer }: CallOptions = {}): Promise<T> {
    if (signal?.aborted === true) {
      return Promise.reject(new Problem('cancelled', 'This was stopped.'));
    }
    const id = this.#next++;
    const cancel = () => this.#port.postMessage({ cancel: id } satisfies ToWorker);
    return new Promise<unknown>((resolve, reject) => {
      this.#pending.set(id, { resolve, reject, onProgress });
      try {
        this.#port.postMessage({ id, call, args } satisfies ToWorker, transfer ?? []);
      } catch (cause) {
        this.#pending.delete(id);
        reject(asProblem(cause));
      }
      signal?.addEventListener('abort', cancel, { once: true });
    }).finally(() => signal?.removeEventListener('abort', cancel)) as Promise<T>;
  }

  /** The other side is gone: every call under way ends with this problem. */
  fail(problem: Problem): void {
    const pending = [...this.#pending.values()];
    this.#pending.clear();
    for (const { reject } of pending) {
      reject(problem);
    }
  }
}
