/**
 * The phone's database: sealed rows, and the few facts that must be readable while locked.
 *
 * Invariants: everything in `rows` is sealed (`cipher.ts`); `meta` holds no personal data (wrapped
 * keys, counters, the mark of a wipe). Writing transactions are durable when they end ("strict"),
 * and each checks the fence, so that a tab that lost the workbook to another writes nothing more.
 */

import { type DBSchema, type IDBPDatabase, openDB } from 'idb';
import { Problem } from '../core/errors';
import type { Slot } from './slots';

/** What is readable while locked. */
export interface Meta {
  /** Ways to the data key. */
  slots: Slot[];
  /** Raised by each tab that takes the workbook over. */
  fence: number;
  /** Wrong passphrases since the last right one. */
  attempts: { wrong: number; until: number };
  /** Left by a wipe, so that the person learns what happened. */
  wiped: { at: number; unsent: number };
}

/** The tables. */
export interface Tables extends DBSchema {
  rows: { key: string; value: Uint8Array<ArrayBuffer> };
  meta: { key: keyof Meta; value: Meta[keyof Meta] };
}

/** An open database. */
export type Database = IDBPDatabase<Tables>;

/** The database's name in a browser. */
export const DATABASE = 'family-workbook';

/** How long a browser may take to open a database before it counts as broken, in milliseconds. */
const OPENING_LIMIT = 10_000;

/**
 * Opens (or makes) the database. `onLost` is called when the browser takes it away: storage
 * cleared, or a newer version of the app wants to change it.
 *
 * @throws Problem `storage-off` when this browser stores nothing.
 */
export async function openDatabase(onLost: () => void, name = DATABASE): Promise<Database> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error('opening took too long')), OPENING_LIMIT);
  });
  try {
    if (typeof indexedDB === 'undefined') {
      throw new Error('no IndexedDB');
    }
    const opening = openDB<Tables>(name, 1, {
      upgrade(database) {
        database.createObjectStore('rows');
        database.createObjectStore('meta');
      },
      blocking() {
        onLost();
      },
      terminated() {
        onLost();
      },
    });
    return await Promise.race([opening, late]);
  } catch (cause) {
    throw new Problem(
      'storage-off',
      'This browser does not let the app keep anything. Leave private browsing, or allow site data for this address, then open the app again.',
      {},
      cause,
    );
  } finally {
    clearTimeout(timer);
  }
}

/** One fact that is readable while locked. */
export async function readMeta<K extends keyof Meta>(database: Database, key: K): Promise<Meta[K] | undefined> {
  return (await database.get('meta', key)) as Meta[K] | undefined;
}

/** A transaction over both tables that is on disk when it ends. */
export function durable(database: Database) {
  return database.transaction(['rows', 'meta'], 'readwrite', { durability: 'strict' });
}

/** Takes the workbook over: from now on only who holds this number may write. */
export async function raiseFence(database: Database): Promise<number> {
  const txn = durable(database);
  const meta = txn.objectStore('meta');
  const stored = await meta.get('fence');
  const fence = (typeof stored === 'number' ? stored : 0) + 1;
  await Promise.all([meta.put(fence, 'fence'), txn.done]);
  return fence;
}
