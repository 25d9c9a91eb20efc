/**
 * The open record: one `Device` and the rows behind it.
 *
 * Invariants: one call at a time; what a call changes is stored before its answer leaves here; when
 * storing fails the `Device` is dropped and opened anew from what is stored (crash-only), so that
 * memory never knows more than the disk.
 */

import type { Rows } from '../vault/rows';
import type { Core, Device, Synced } from './device-api';
import { asProblem, Problem } from './errors';
import type { Effects, Handed, Profile, Row } from './generated/types';
import { Queue } from './queue';

/** What the core needs from the start. Documents and pages are handed over when asked for. */
const FROM_THE_START = [/^family\/[^/]+\/card\//, /^outbox\//, /^quarantine\//, /^draft\//];
/** A call may ask for rows so many times: a stale page asks for the documents, these for no more. */
const MOST_ASKED = 6;

/** What a desk works with. */
export interface DeskParts {
  core: Core;
  rows: Rows;
  key: CryptoKey;
  profile: Profile;
  now: () => number;
}

/** What happens to the record. */
export class Desk {
  readonly #parts: DeskParts;
  readonly #queue = new Queue();
  #device: Device;
  #closed = false;

  private constructor(parts: DeskParts, device: Device) {
    this.#parts = parts;
    this.#device = device;
  }

  /** Opens the record from the stored rows. */
  static async open(parts: DeskParts): Promise<Desk> {
    return new Desk(parts, await opened(parts));
  }

  /** Reads. */
  read<T>(call: (device: Device, now: number) => T): Promise<T> {
    return this.#queue.run(() => this.#supplied(() => call(this.#device, this.#parts.now())));
  }

  /** Changes: what the call decides is stored when this returns. */
  change<T extends Effects>(call: (device: Device, now: number, entropy: Uint8Array) => T): Promise<T> {
    return this.#queue.run(async () => {
      const effects = await this.#supplied(() => call(this.#device, this.#parts.now(), entropy()));
      await this.#store(effects);
      return effects;
    });
  }

  /** Makes a draft and keeps it, as one step. */
  make<T>(call: (device: Device, now: number, entropy: Uint8Array) => T, keep: (made: T, device: Device, now: number) => Effects): Promise<T> {
    return this.#queue.run(async () => {
      const made = await this.#supplied(() => call(this.#device, this.#parts.now(), entropy()));
      await this.#store(await this.#supplied(() => keep(made, this.#device, this.#parts.now())));
      return made;
    });
  }

  /** Takes the server's answer to a push. */
  pushed(answer: Uint8Array): Promise<Synced> {
    return this.#answered(answer, 'pushedNeeds', 'pushed');
  }

  /** Takes the server's answer to a pull. */
  pulled(answer: Uint8Array): Promise<Synced> {
    return this.#answered(answer, 'pulledNeeds', 'pulled');
  }

  /** Lets go of the record. What is being stored is stored first. */
  close(): Promise<void> {
    return this.#queue.run(async () => {
      this.#closed = true;
      free(this.#device);
    });
  }

  #answered(answer: Uint8Array, needs: 'pushedNeeds' | 'pulledNeeds', take: 'pushed' | 'pulled'): Promise<Synced> {
    return this.#queue.run(async () => {
      const keys = await this.#supplied(() => this.#device[needs](answer));
      if (keys.length > 0) {
        await this.#hold(keys);
      }
      const synced = await this.#supplied(() => this.#device[take](answer, this.#parts.now(), entropy()));
      await this.#store(synced);
      return synced;
    });
  }

  /** Calls, and hands over what the call asks for until it has all it needs. */
  async #supplied<T>(call: () => T): Promise<T> {
    for (let asked = 0; ; asked++) {
      if (this.#closed) {
        throw new Problem('locked', 'The workbook is locked. Open it with your passphrase or passkey.');
      }
      try {
        return call();
      } catch (cause) {
        const { code, keys } = (cause ?? {}) as { code?: unknown; keys?: unknown };
        if (code === 'needs-rows' && Array.isArray(keys) && asked < MOST_ASKED) {
          await this.#hold(keys.map(String));
          continue;
        }
        throw broken(cause);
      }
    }
  }

  async #hold(keys: string[]): Promise<void> {
    const { rows, key, now } = this.#parts;
    const handed: Handed[] = await Promise.all(
      keys.map(async (name) => {
        const bytes = await readable(rows, key, name);
        return bytes === undefined ? { key: name } : { key: name, bytes };
      }),
    );
    let effects: Effects;
    try {
      effects = this.#device.hold(handed, now());
    } catch (cause) {
      throw broken(cause);
    }
    try {
      await rows.apply(key, effects);
    } catch (cause) {
      // Caches only: without room the record is read all the same.
      if (asProblem(cause).code !== 'storage-full') {
        throw cause;
      }
    }
  }

  async #store({ put, delete: gone }: Effects): Promise<void> {
    try {
      await this.#parts.rows.apply(this.#parts.key, { put, delete: gone });
    } catch (cause) {
      free(this.#device);
      this.#device = await opened(this.#parts);
      throw cause;
    }
  }
}

async function opened({ core, rows, key, profile }: DeskParts): Promise<Device> {
  const keys = (await rows.keys('')).filter((name) => FROM_THE_START.some((it) => it.test(name)));
  const found: Row[] = await Promise.all(
    keys.map(async (name) => ({ key: name, bytes: (await readable(rows, key, name)) ?? new Uint8Array(0) })),
  );
  try {
    return core.Device.open(profile, found);
  } catch (cause) {
    throw broken(cause);
  }
}

/** A row that can't be opened goes to the core empty, which keeps it and tells the person of it. */
async function readable(rows: Rows, key: CryptoKey, name: string): Promise<Uint8Array | undefined> {
  try {
    return await rows.read(key, name);
  } catch (cause) {
    if (asProblem(cause).code === 'row-broken') {
      return new Uint8Array(0);
    }
    throw cause;
  }
}

/** A trap of the WebAssembly leaves it unusable: the worker starts anew then. */
export function broken(cause: unknown): unknown {
  if (typeof WebAssembly !== 'undefined' && cause instanceof WebAssembly.RuntimeError) {
    return new Problem('core-broken', 'The app had to restart. What you had saved is still here: open it again.', {}, cause);
  }
  return cause;
}

function entropy(): Uint8Array {
  return crypto.getRandomValues(new Uint8Array(32));
}

function free(device: Device): void {
  try {
    device.free();
  } catch {
    // It has trapped before; nothing of it is used again.
  }
}
