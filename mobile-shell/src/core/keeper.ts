/**
 * The life of the vault in this tab: who owns it, whether it is open, until when, and how it ends.
 *
 * States and what leads from one to another (all others are refused):
 *   new ─enrol→ open ─lock/idle→ locked ─unlock→ open
 *   locked ─unlock, lease over→ lease-over ─server answers→ open
 *   any ─server says revoked→ wiped ─forget→ new
 *   any ─another tab takes over→ elsewhere ─takeOver→ locked
 *
 * Not here: what is done with an open record (`calls.ts`), recordings (`sittings.ts`).
 */

import { enrol as enrolWith, personFrom } from '../sync/enrol';
import { KEY_ROW, newDeviceKey, openDeviceKey } from '../sync/signing';
import { seal } from '../vault/cipher';
import { endsAt, isOver, type Lease, leaseFrom, observed, renewed } from '../vault/lease';
import { Ownership } from '../vault/ownership';
import { demandStrength } from '../vault/passphrase';
import { movedElsewhere } from '../vault/rows';
import { type Key, Vault } from '../vault/vault';
import type { Enrolment } from './app';
import { Desk } from './desk';
import type { Core, Hearing } from './device-api';
import { asProblem, Problem } from './errors';
import type { Profile } from './generated/types';
import { Sittings } from './sittings';
import type { Person, Status } from './states';
import type { Surroundings } from './surroundings';
import { NO_SYNC, Syncing } from './syncing';

/** Without a touch for so long, the screens lock: 5 minutes. A recording or transcription counts as one. */
const IDLE_MS = 5 * 60_000;
/** How often idleness is looked at and the lease's clock is stored. */
const TICK_MS = 20_000;

const PROFILE_ROW = 'profile';
const LEASE_ROW = 'shell/lease';
/** Which families' records were erased, until the owner has been told. The core writes it. */
const ERASED_ROW = 'notice/erased';
const json = (value: unknown) => new TextEncoder().encode(JSON.stringify(value));

/** Everything that exists only while the record is open. */
export interface Open {
  desk: Desk;
  syncing: Syncing;
  person: Person;
  /** The lease is over: only the server's answer opens the record to the screens. */
  sealed: boolean;
}

/** One tab's keeper. */
export class Keeper {
  readonly surroundings: Surroundings;
  readonly #ownership: Ownership;
  #core: Promise<Core> | undefined;
  #hearing: Promise<Hearing> | undefined;
  #vault: Vault | undefined;
  #sittings: Sittings | undefined;
  #open: Open | undefined;
  #lease: Lease | undefined;
  #status: Status = { state: 'starting' };
  #touchedAt = { monotonic: 0, now: 0 };
  #tickedAt = 0;
  #cancelTick: (() => void) | undefined;
  #held = false;
  #unlocking = false;

  constructor(surroundings: Surroundings) {
    this.surroundings = surroundings;
    this.#ownership = new Ownership(
      surroundings.tabs,
      () => this.isBusy,
      () => this.#lost(),
    );
  }

  /** Opens the vault's door as far as it goes without a key. */
  async start(): Promise<void> {
    // Says early if this browser can't run the core, and has it ready when the passphrase is typed. It
    // needs nothing of the vault, so neither waits for the other.
    void this.core().catch((cause: unknown) => this.#fail(cause));
    try {
      const claim = await this.#ownership.claim();
      if (claim === 'owned') {
        await this.#own('start');
      } else {
        this.#tell({ state: 'elsewhere', busy: false });
      }
    } catch (cause) {
      this.#fail(cause);
    }
  }

  /** Whether another tab must not take the workbook now. */
  get isBusy(): boolean {
    return this.#held || (this.#sittings?.isRecording ?? false) || (this.#sittings?.isTranscribing ?? false);
  }

  /** The page holds unsaved keystrokes. */
  set held(held: boolean) {
    this.#held = held;
  }

  /** The open record. @throws Problem `locked`, `lease-over`, `elsewhere`. */
  get open(): Open {
    this.#lockIfIdle();
    if (this.#open === undefined) {
      throw this.#status.state === 'elsewhere' ? movedElsewhere() : new Problem('locked', 'The workbook is locked. Open it with your passphrase or passkey.');
    }
    if (this.#open.sealed) {
      throw new Problem('lease-over', 'It is too long since this phone reached the council’s server. Connect to a network, then try again.');
    }
    return this.#open;
  }

  /** Syncing goes on when the lease is over: it is what ends that. @throws Problem `locked`. */
  get syncing(): Syncing {
    return this.#open?.syncing ?? this.open.syncing;
  }

  /** There may be a network again, or the app is in front. Only a hint. */
  hint(): void {
    this.#lockIfIdle();
    this.#open?.syncing.hint();
  }

  /** The vault that this tab owns. */
  get vault(): Vault {
    if (this.#vault === undefined) {
      throw this.#status.state === 'elsewhere' ? movedElsewhere() : new Problem('storage-off', 'The app’s storage is not open. Close the app and open it again.');
    }
    return this.#vault;
  }

  get sittings(): Sittings {
    void this.vault;
    return this.#sittings as Sittings;
  }

  /** The core, started once. @throws Problem `unsupported` or `core-changed`. */
  async core(): Promise<Core> {
    this.#core ??= this.surroundings.loadCore();
    try {
      return await this.#core;
    } catch (cause) {
      this.#core = undefined;
      throw cause;
    }
  }

  /** What reads texts and recordings, started once. @throws Problem `unsupported` or `core-changed`. */
  async hearing(): Promise<Hearing> {
    this.#hearing ??= this.surroundings.loadHearing();
    try {
      return await this.#hearing;
    } catch (cause) {
      this.#hearing = undefined;
      throw cause;
    }
  }

  async enrol({ passphrase, ...who }: Enrolment): Promise<void> {
    if (this.vault.exists) {
      throw new Problem('busy', 'This phone is enrolled already.');
    }
    demandStrength(passphrase);
    await this.core();
    const prepared = await Vault.prepare(passphrase);
    const { publicKey, row } = await newDeviceKey(prepared.key);
    const person = await enrolWith(this.surroundings.carrier, who, publicKey);
    const lease = renewed(this.surroundings.now());
    const rows = [
      { key: PROFILE_ROW, bytes: json(person) },
      { key: KEY_ROW, bytes: row },
      { key: LEASE_ROW, bytes: json(lease) },
    ];
    await this.vault.found(
      prepared,
      await Promise.all(rows.map(async ({ key, bytes }) => ({ key, sealed: await seal(prepared.key, key, bytes) }))),
    );
    await this.#enter();
  }

  async unlock(how: Key): Promise<void> {
    if (this.#unlocking) {
      throw new Problem('busy', 'The workbook is being opened. Wait a moment.');
    }
    this.#unlocking = true;
    try {
      await this.vault.unlock(how, this.surroundings.now());
      await this.#enter();
    } catch (cause) {
      if (this.#open === undefined) {
        this.#vault?.lock();
        await this.#tellLocked('asked').catch(() => undefined);
      }
      throw cause;
    } finally {
      this.#unlocking = false;
    }
  }

  /** Locks the screens; what is being recorded or transcribed goes on with its own key. */
  async lock(because: 'asked' | 'idle' = 'asked'): Promise<void> {
    if (this.#open === undefined) {
      return;
    }
    await this.#leave();
    await this.#tellLocked(because);
  }

  touched(): void {
    this.#touchedAt = { monotonic: this.surroundings.monotonic(), now: this.surroundings.now() };
  }

  async takeOver(): Promise<void> {
    const claim = await this.#ownership.takeOver();
    if (claim === 'owned') {
      await this.#own('start');
    } else {
      this.#tell({ state: 'elsewhere', busy: claim === 'busy' });
      throw new Problem('busy', 'The other tab is recording or writing. Finish there first.');
    }
  }

  /** Deletes everything on this phone, at its owner's wish. */
  async forget(): Promise<void> {
    await this.#leave();
    this.sittings.drop();
    await this.vault.wipe();
    await this.surroundings.clearCaches().catch(() => undefined);
    await this.#own('start');
  }

  /** What the status says changed: tell it anew. */
  async refresh(): Promise<void> {
    if (this.#open !== undefined) {
      this.#tellOpen(this.#open);
    } else if (this.#status.state === 'locked') {
      await this.#tellLocked(this.#status.because);
    }
  }

  async #own(because: 'start' | 'storage-failed'): Promise<void> {
    this.#vault?.close();
    const vault = await Vault.own(() => void this.#taken(), this.surroundings.database);
    this.#vault = vault;
    this.#sittings = new Sittings(vault, () => {
      this.touched();
      void this.refresh();
    });
    void this.core().catch((cause: unknown) => this.#fail(cause));
    const wiped = await vault.wiped();
    if (vault.exists) {
      await this.#tellLocked(because);
    } else if (wiped !== undefined) {
      this.#tell({ state: 'wiped', at: wiped.at, unsent: wiped.unsent });
    } else {
      this.#tell({ state: 'new' });
    }
  }

  async #enter(): Promise<void> {
    const { vault } = this;
    const { now, surroundings } = { now: this.surroundings.now(), surroundings: this.surroundings };
    const core = await this.core();
    const [profile, keyRow, leaseRow] = await Promise.all([
      vault.rows.read(vault.key, PROFILE_ROW),
      vault.rows.read(vault.key, KEY_ROW),
      vault.rows.read(vault.key, LEASE_ROW).catch(() => undefined),
    ]);
    const person = personFrom(profile ?? new Uint8Array(0));
    const signing = await openDeviceKey(vault.key, keyRow ?? new Uint8Array(0));
    this.#lease = observed(leaseFrom(leaseRow ?? new Uint8Array(0)), now);
    const desk = await Desk.open({ core, rows: vault.rows, key: vault.key, profile: person as Profile, now: surroundings.now });
    const syncing = new Syncing({
      desk,
      key: signing,
      device: person.device,
      signingText: (...parts) => core.Device.signingText(...parts),
      surroundings,
      lastContact: this.#lease.contact > 0 ? this.#lease.contact : undefined,
      onContact: (days) => this.#contacted(days),
      onRevoked: () => this.#revoked(),
      onChanged: () => surroundings.tell('changed', undefined),
      onErased: async (families) => {
        await this.sittings.forget(families);
        syncing.tellErased(true);
      },
    });
    const open: Open = { desk, syncing, person, sealed: isOver(this.#lease) };
    this.#open = open;
    this.touched();
    this.#tickedAt = surroundings.monotonic();
    this.#tick();
    this.#tellOpen(open);
    await this.#storeLease().catch(() => undefined);
    await syncing.refresh().catch(() => undefined);
    await this.#erasedBefore(open).catch(() => undefined);
    void syncing.now();
    syncing.listen();
  }

  /** A family's record was erased, and the owner has not been told yet, or the app was killed meanwhile. */
  async #erasedBefore({ syncing }: Open): Promise<void> {
    const { key, rows } = this.vault;
    const row = await rows.read(key, ERASED_ROW);
    if (row !== undefined) {
      syncing.tellErased(true);
      await this.sittings.forget(JSON.parse(new TextDecoder().decode(row)) as string[]);
    }
  }

  /** The owner has read that a family's record was erased. */
  async seenErased(): Promise<void> {
    const { syncing } = this.open;
    await this.vault.rows.write({ put: [], delete: [ERASED_ROW] });
    syncing.tellErased(false);
  }

  /** Closes the record and lets go of the data key. */
  async #leave(): Promise<void> {
    const open = this.#open;
    this.#open = undefined;
    this.#cancelTick?.();
    open?.syncing.stop();
    this.#vault?.lock();
    await open?.desk.close();
    this.surroundings.tell('sync', NO_SYNC);
  }

  async #contacted(days: number): Promise<void> {
    const open = this.#open;
    if (open === undefined) {
      return;
    }
    this.#lease = renewed(this.surroundings.now(), days);
    await this.#storeLease();
    if (open.sealed) {
      open.sealed = false;
      this.surroundings.tell('changed', undefined);
    }
    this.#tellOpen(open);
  }

  /** The council has taken this phone out of use: keys and rows go in one transaction. */
  async #revoked(): Promise<void> {
    const unsent = await this.#unsent();
    const { vault } = this;
    this.#sittings?.drop();
    await this.#leave();
    await vault.wipe({ at: this.surroundings.now(), unsent });
    await this.surroundings.clearCaches().catch(() => undefined);
    await this.#own('start');
  }

  async #unsent(): Promise<number> {
    try {
      const count = await this.#open?.desk.read((device, now) => Object.keys(device.states()).length + device.drafts(now).length);
      return count ?? 0;
    } catch {
      return 0;
    }
  }

  /** Another tab takes the workbook, or has taken it. */
  async #lost(): Promise<void> {
    this.#sittings?.drop();
    await this.#leave();
    this.#vault?.close();
    this.#vault = undefined;
    this.#tell({ state: 'elsewhere', busy: false });
  }

  /** The browser closed the database under the app: opened anew, locked. */
  async #taken(): Promise<void> {
    if (!this.#ownership.isOwned) {
      return;
    }
    await this.#leave();
    try {
      await this.#own('storage-failed');
    } catch (cause) {
      this.#fail(cause);
    }
  }

  #tick(): void {
    this.#cancelTick = this.surroundings.later(TICK_MS, () => {
      const at = this.surroundings.monotonic();
      if (this.#lease !== undefined && this.#open !== undefined) {
        this.#lease = observed(this.#lease, this.surroundings.now(), at - this.#tickedAt);
        void this.#storeLease().catch(() => undefined);
        if (isOver(this.#lease) && !this.#open.sealed && !this.isBusy) {
          this.#open.sealed = true;
          this.#tellOpen(this.#open);
        }
      }
      this.#tickedAt = at;
      this.#lockIfIdle();
      if (this.#open !== undefined) {
        this.#tick();
      }
    });
  }

  #lockIfIdle(): void {
    // On some phones the monotonic clock stands still while they sleep, and the other can be set back.
    const { monotonic, now } = this.#touchedAt;
    const idle = Math.max(this.surroundings.monotonic() - monotonic, this.surroundings.now() - now);
    if (this.#open !== undefined && !this.isBusy && idle > IDLE_MS) {
      void this.lock('idle');
    }
  }

  async #storeLease(): Promise<void> {
    if (this.#lease !== undefined && this.#vault?.isOpen === true) {
      const { key, rows } = this.#vault;
      await rows.apply(key, { put: [{ key: LEASE_ROW, bytes: json(this.#lease) }], delete: [] });
    }
  }

  async #tellLocked(because: 'start' | 'asked' | 'idle' | 'storage-failed' | 'restarted'): Promise<void> {
    const { vault, sittings } = this;
    const waitMs = await vault.waitMs(this.surroundings.now());
    const { isRecording: recording, isTranscribing: transcribing } = sittings;
    const news: Status = { state: 'locked', because, passkey: vault.hasPasskey, waitMs, recording, transcribing };
    if (JSON.stringify(news) !== JSON.stringify(this.#status) && this.#open === undefined) {
      this.#tell(news);
    }
  }

  #tellOpen({ sealed, person }: Open): void {
    const passkey = this.vault.hasPasskey;
    const lease = this.#lease ?? renewed(this.surroundings.now());
    const news: Status = sealed
      ? { state: 'lease-over', unlocked: true, passkey, leaseDays: lease.days, waitMs: 0 }
      : { state: 'open', person, passkey, leaseEndsAt: endsAt(lease, this.surroundings.now()), leaseDays: lease.days };
    const same = (status: Status) => JSON.stringify({ ...status, leaseEndsAt: 0 });
    if (same(news) !== same(this.#status)) {
      this.#tell(news);
    }
  }

  #fail(cause: unknown): void {
    const problem = asProblem(cause);
    if (problem.code === 'storage-off') {
      this.#tell({ state: 'storage-off', message: problem.message });
    } else {
      const missing = (['wasm', 'crypto', 'core-changed', 'worker'] as const).find((it) => it === problem.code) ?? 'worker';
      this.#tell({ state: 'unsupported', missing, message: problem.message });
    }
  }

  #tell(status: Status): void {
    // A browser that can't run the app says so until it is started anew.
    if (this.#status.state === 'unsupported') {
      return;
    }
    this.#status = status;
    this.surroundings.tell('status', status);
  }
}
