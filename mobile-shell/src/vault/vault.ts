/**
 * The vault while this tab owns it: locked, or open with a data key that can't be read out.
 *
 * Locking lets go of the data key at once. A recording or a transcription that is under way goes on
 * with the recording's own key (`speech/recording.ts`), which opens nothing else.
 */

import { Problem } from '../core/errors';
import { type Attempts, NONE, oneMore, waitMs } from './attempts';
import type { Bytes } from './cipher';
import { type Database, durable, type Meta, openDatabase, raiseFence, readMeta } from './database';
import { Rows } from './rows';
import * as slots from './slots';

/** How to unlock, as it arrives from the page. */
export type Key = { passphrase: string } | { credential: Uint8Array; secret: Bytes };

/** One owned database with its lock. */
export class Vault {
  readonly rows: Rows;
  readonly #database: Database;
  #slots: slots.Slot[];
  #key: CryptoKey | undefined;

  private constructor(database: Database, fence: number, known: slots.Slot[]) {
    this.#database = database;
    this.rows = new Rows(database, fence);
    this.#slots = known;
  }

  /** Opens the database for this tab, which must hold the tabs' lock (`ownership.ts`). */
  static async own(onLost: () => void, name?: string): Promise<Vault> {
    const database = await openDatabase(onLost, name);
    try {
      const known = await readMeta(database, 'slots');
      return new Vault(database, await raiseFence(database), Array.isArray(known) ? known : []);
    } catch (cause) {
      database.close();
      throw cause;
    }
  }

  /** Whether somebody has set a passphrase. */
  get exists(): boolean {
    return this.#slots.length > 0;
  }

  /** Whether a passkey opens it. */
  get hasPasskey(): boolean {
    return this.#slots.some((it) => it.kind === 'passkey');
  }

  /** For the page to ask an authenticator with. */
  passkeys(): { credential: Bytes; salt: Bytes }[] {
    return slots.passkeys(this.#slots);
  }

  /** The data key. @throws Problem `locked`. */
  get key(): CryptoKey {
    if (this.#key === undefined) {
      throw new Problem('locked', 'The workbook is locked. Open it with your passphrase or passkey.');
    }
    return this.#key;
  }

  get isOpen(): boolean {
    return this.#key !== undefined;
  }

  /** Makes the data key. Nothing is stored before {@link Vault.found}. */
  static prepare(passphrase: string): Promise<{ slot: slots.Slot; key: CryptoKey }> {
    return slots.firstSlot(passphrase);
  }

  /** Stores the first slot with the first rows, in one transaction. */
  async found(prepared: { slot: slots.Slot; key: CryptoKey }, first: { key: string; sealed: Bytes }[]): Promise<void> {
    const txn = durable(this.#database);
    const meta = txn.objectStore('meta');
    const rows = txn.objectStore('rows');
    await Promise.all([
      meta.put([prepared.slot], 'slots'),
      meta.delete('wiped'),
      meta.delete('attempts'),
      ...first.map(({ key, sealed }) => rows.put(sealed, key)),
      txn.done,
    ]);
    this.#slots = [prepared.slot];
    this.#key = prepared.key;
  }

  /**
   * Unlocks.
   *
   * @throws Problem `wait` (too many wrong tries), `wrong-passphrase`, `passkey-cancelled`.
   */
  async unlock(how: Key, now: number): Promise<void> {
    this.#key =
      'passphrase' in how
        ? await this.#counted(now, () => slots.openWithPassphrase(this.#slots, how.passphrase))
        : await slots.openWithPasskey(this.#slots, how.credential, how.secret);
  }

  /** Lets go of the data key. */
  lock(): void {
    this.#key = undefined;
  }

  /** Milliseconds until the next passphrase may be tried. */
  async waitMs(now: number): Promise<number> {
    return waitMs(await this.#attempts(), now);
  }

  /** A passkey opens it too, from now on. */
  async addPasskey(passphrase: string, passkey: Parameters<typeof slots.addPasskeySlot>[2], now: number): Promise<void> {
    await this.#store(await this.#counted(now, () => slots.addPasskeySlot(this.#slots, passphrase, passkey)));
  }

  /** Another passphrase opens it, from now on. */
  async changePassphrase(old: string, fresh: string, now: number): Promise<void> {
    await this.#store(await this.#counted(now, () => slots.changePassphrase(this.#slots, old, fresh)));
  }

  /**
   * Deletes keys and rows in one transaction and leaves a mark, if one is given. Nothing more can be
   * written through this vault: own it anew.
   */
  async wipe(mark?: Meta['wiped']): Promise<void> {
    this.#key = undefined;
    this.#slots = [];
    const txn = durable(this.#database);
    const meta = txn.objectStore('meta');
    const fence = await meta.get('fence');
    await Promise.all([
      meta.put((typeof fence === 'number' ? fence : 0) + 1, 'fence'),
      meta.delete('slots'),
      meta.delete('attempts'),
      mark === undefined ? meta.delete('wiped') : meta.put(mark, 'wiped'),
      txn.objectStore('rows').clear(),
      txn.done,
    ]);
  }

  /** What a wipe left. */
  wiped(): Promise<Meta['wiped'] | undefined> {
    return readMeta(this.#database, 'wiped');
  }

  /** Lets go of everything in memory and of the database. */
  close(): void {
    this.#key = undefined;
    this.#database.close();
  }

  async #attempts(): Promise<Attempts> {
    const stored = await readMeta(this.#database, 'attempts');
    return stored !== undefined && Number.isFinite(stored.wrong) && Number.isFinite(stored.until) ? stored : NONE;
  }

  async #store(fresh: slots.Slot[]): Promise<void> {
    const txn = durable(this.#database);
    await Promise.all([txn.objectStore('meta').put(fresh, 'slots'), txn.done]);
    this.#slots = fresh;
  }

  /** Counts the try before it is made, so that closing the app does not save a wrong one from counting. */
  async #counted<T>(now: number, attempt: () => Promise<T>): Promise<T> {
    const before = await this.#attempts();
    const wait = waitMs(before, now);
    if (wait > 0) {
      throw new Problem('wait', `Too many wrong passphrases. Try again in ${sentence(wait)}.`, { waitMs: wait });
    }
    const counted = oneMore(before, now);
    await this.#database.put('meta', counted, 'attempts');
    try {
      const result = await attempt();
      await this.#database.put('meta', NONE, 'attempts');
      return result;
    } catch (cause) {
      if (cause instanceof Problem && cause.code === 'wrong-passphrase') {
        throw new Problem(cause.code, cause.message, { waitMs: waitMs(counted, now) }, cause);
      }
      await this.#database.put('meta', before, 'attempts');
      throw cause;
    }
  }
}

function sentence(ms: number): string {
  const seconds = Math.ceil(ms / 1000);
  return seconds < 90 ? `${seconds} seconds` : `${Math.ceil(seconds / 60)} minutes`;
}
