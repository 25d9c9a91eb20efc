/** A value that changes over time, as screens read it: the newest now, and each later one. */

/** Ends a watch. Calling it twice does no harm. */
export type Stop = () => void;

/** What a reader of a changing value may do. */
export interface Watchable<T> {
  /** The newest value. */
  get(): T;
  /** Calls `listener` now with the newest value and then with each new one, until stopped. */
  watch(listener: (value: T) => void): Stop;
}

/** A changing value with its writer's half. */
export class Watched<T> implements Watchable<T> {
  readonly #listeners = new Set<(value: T) => void>();
  #value: T;

  constructor(value: T) {
    this.#value = value;
  }

  get(): T {
    return this.#value;
  }

  /** Tells every listener. A listener that throws does not keep the others from hearing. */
  set(value: T): void {
    this.#value = value;
    for (const listener of [...this.#listeners]) {
      try {
        listener(value);
      } catch (cause) {
        // The screen's fault, told to the screen's error handling and not to the writer.
        queueMicrotask(() => {
          throw cause;
        });
      }
    }
  }

  watch(listener: (value: T) => void): Stop {
    this.#listeners.add(listener);
    listener(this.#value);
    return () => this.#listeners.delete(listener);
  }
}
