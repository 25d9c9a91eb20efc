/**
 * Sealed rows: what the core decided, stored in one durable transaction or not at all.
 *
 * Everything is sealed before the transaction starts (IndexedDB ends a transaction that waits for
 * anything else), and a transaction that finds another tab's fence writes nothing.
 */

import type { Effects, Row } from '../core/generated/types';
import { asProblem, Problem, storageFull } from '../core/errors';
import { type Bytes, seal, unseal } from './cipher';
import { type Database, durable } from './database';

/** A row that is sealed already, under whatever key. */
export interface SealedRow {
  key: string;
  sealed: Bytes;
}

/** What one durable transaction does. */
export interface Batch {
  put: SealedRow[];
  /** Keys; one that ends in `/` stands for all that begin so. Deleted before anything is put. */
  delete: string[];
}

/** The rows of an owned database. */
export class Rows {
  readonly #database: Database;
  readonly #fence: number;

  constructor(database: Database, fence: number) {
    this.#database = database;
    this.#fence = fence;
  }

  /**
   * Writes a batch; when this returns it is on disk.
   *
   * @throws Problem `storage-full`, `elsewhere` or `storage-failed`; nothing of it was written then.
   */
  async write(batch: Batch): Promise<void> {
    if (batch.put.length === 0 && batch.delete.length === 0) {
      return;
    }
    let txn: ReturnType<typeof durable>;
    try {
      txn = durable(this.#database);
    } catch (cause) {
      throw storageFailed(cause);
    }
    // Errors of single requests end the transaction; its own promise is the one that counts.
    const done = txn.done.then(
      () => undefined,
      (cause: unknown) => cause ?? new Error('aborted'),
    );
    const quietly = (request: Promise<unknown>) => void request.catch(() => undefined);
    let elsewhere = false;
    let thrown: unknown;
    const fence = await txn.objectStore('meta').get('fence').catch(() => undefined);
    if (fence === this.#fence) {
      const rows = txn.objectStore('rows');
      try {
        for (const key of batch.delete) quietly(rows.delete(key.endsWith('/') ? below(key) : key));
        for (const { key, sealed } of batch.put) quietly(rows.put(sealed, key));
      } catch (cause) {
        thrown = cause;
        abort(txn);
      }
    } else {
      elsewhere = fence !== undefined;
      abort(txn);
    }
    const failure = await done;
    if (failure !== undefined) {
      throw elsewhere ? movedElsewhere() : storageProblem(txn.error ?? thrown ?? failure);
    }
  }

  /** Seals and writes what the core decided. */
  async apply(key: CryptoKey, effects: Effects, also: Batch = { put: [], delete: [] }): Promise<void> {
    const put = await Promise.all(
      effects.put.map(async (row) => ({ key: row.key, sealed: await seal(key, row.key, row.bytes) })),
    );
    await this.write({ put: [...put, ...also.put], delete: [...effects.delete, ...also.delete] });
  }

  /** The row `name`, opened with `key`; undefined when there is none. */
  async read(key: CryptoKey, name: string): Promise<Bytes | undefined> {
    const sealed = await this.#try(this.#database.get('rows', name));
    return sealed === undefined ? undefined : unseal(key, name, sealed);
  }

  /** Those of `names` that are there, opened. */
  async readAll(key: CryptoKey, names: readonly string[]): Promise<Row[]> {
    const found = await Promise.all(
      names.map(async (name) => {
        const bytes = await this.read(key, name);
        return bytes === undefined ? [] : [{ key: name, bytes }];
      }),
    );
    return found.flat();
  }

  /** The keys that begin with `prefix`, in order. Empty prefix: all. */
  async keys(prefix: string): Promise<string[]> {
    return this.#try(this.#database.getAllKeys('rows', prefix === '' ? undefined : below(prefix)));
  }

  async #try<T>(request: Promise<T>): Promise<T> {
    try {
      return await request;
    } catch (cause) {
      throw storageFailed(cause);
    }
  }
}

/** All keys that begin with `prefix`. */
function below(prefix: string): IDBKeyRange {
  return IDBKeyRange.bound(prefix, `${prefix}\uffff`);
}

function abort(txn: ReturnType<typeof durable>): void {
  try {
    txn.abort();
  } catch {
    // It has ended already.
  }
}

function storageProblem(cause: unknown): Problem {
  const { name } = (cause ?? {}) as { name?: unknown };
  return name === 'QuotaExceededError' ? storageFull(cause) : storageFailed(cause);
}

function storageFailed(cause: unknown): Problem {
  const problem = asProblem(cause);
  return problem.code === 'storage-full'
    ? problem
    : new Problem(
        'storage-failed',
        'This phone could not store that. What was stored before is safe. Close the app and open it again.',
        {},
        cause,
      );
}

/** Another tab holds the workbook now. */
export function movedElsewhere(): Problem {
  return new Problem('elsewhere', 'The workbook is open in another tab. Go on there, or take it over here.');
}
