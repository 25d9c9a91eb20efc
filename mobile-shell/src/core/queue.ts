/** One thing after another: whoever changes the record waits for who was first. */
export class Queue {
  #last: Promise<unknown> = Promise.resolve();

  /** Runs `task` when everything before it has ended, well or not. */
  run<T>(task: () => Promise<T>): Promise<T> {
    const next = this.#last.then(task, task);
    this.#last = next.catch(() => undefined);
    return next;
  }
}
