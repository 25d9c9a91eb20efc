/** For unit tests: a database that starts empty, and stand-ins for what Node lacks. */

import 'fake-indexeddb/auto';
import { IDBFactory } from 'fake-indexeddb';

/** Gives this test's realm an empty IndexedDB. */
export function freshDatabase(): void {
  Object.assign(globalThis, { indexedDB: new IDBFactory() });
}

/** A data key. */
export function dataKey(): Promise<CryptoKey> {
  return crypto.subtle.generateKey({ name: 'AES-GCM', length: 256 }, false, ['encrypt', 'decrypt', 'wrapKey', 'unwrapKey']);
}

/** Bytes of a text. */
export const bytes = (text: string): Uint8Array<ArrayBuffer> => new TextEncoder().encode(text);
/** Text of bytes. */
export const text = (from: Uint8Array | undefined): string => new TextDecoder().decode(from);

/** Locks as browsers give them, between "tabs" of one test. */
export class FakeLocks {
  #holder: { release: (stolen: boolean) => void } | undefined;
  #queue: (() => void)[] = [];

  request = ((_name: string, options: LockOptions, run: (lock: Lock | null) => unknown) =>
    new Promise((resolve, reject) => {
      const take = () => {
        const holder = {
          release: (stolen: boolean) => {
            if (this.#holder === holder) this.#holder = undefined;
            if (stolen) reject(new DOMException('stolen', 'AbortError'));
            else {
              resolve(undefined);
              this.#queue.shift()?.();
            }
          },
        };
        this.#holder = holder;
        Promise.resolve(run({ name: _name, mode: 'exclusive' } as Lock)).then(() => {
          if (this.#holder === holder) holder.release(false);
        }, reject);
      };
      if (options.steal === true) {
        this.#holder?.release(true);
        take();
      } else if (this.#holder === undefined) {
        take();
      } else if (options.ifAvailable === true) {
        Promise.resolve(run(null)).then(resolve, reject);
      } else {
        this.#queue.push(take);
      }
    })) as unknown as LockManager['request'];
}
