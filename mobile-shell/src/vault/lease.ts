/**
 * The lease on offline copies: after so many days without the server's answer they stay sealed until
 * it has answered again.
 *
 * Setting the clock back gains nothing: the latest time ever seen counts, and while the app runs,
 * time goes on by the browser's monotonic clock. A clock that jumped forward ends the lease early;
 * the next contact puts it right.
 */

/** As stored, sealed. All times in milliseconds since 1970 by this phone's clock. */
export interface Lease {
  /** How long copies may be read without contact. */
  days: number;
  /** When the server last answered a signed request. */
  contact: number;
  /** The latest time that was ever seen since. */
  seen: number;
}

/** What the council gets without a say: 14 days. */
export const DEFAULT_DAYS = 14;

const DAY = 24 * 60 * 60 * 1000;
const LONGEST_DAYS = 90;

/** A lease from the server's answer at `now` on. */
export function renewed(now: number, days: number = DEFAULT_DAYS): Lease {
  return { days: sane(days), contact: now, seen: now };
}

/** After `elapsed` milliseconds of the monotonic clock, at `now` by the phone's clock. */
export function observed(lease: Lease, now: number, elapsed = 0): Lease {
  return { ...lease, seen: Math.max(lease.seen + Math.max(elapsed, 0), now) };
}

/** Whether the copies must stay sealed. */
export function isOver(lease: Lease): boolean {
  return lease.seen - lease.contact > lease.days * DAY;
}

/** When it will end by the phone's clock, if nothing changes. */
export function endsAt(lease: Lease, now: number): number {
  return now + lease.days * DAY - (lease.seen - lease.contact);
}

/** Reads `x-lease-days`; absent or senseless is the default, and none is longer than 90 days. */
export function daysFrom(header: string | null): number {
  return sane(header === null ? Number.NaN : Number(header));
}

/** Reads a stored lease. What can't be read counts as over: contact with the server makes it anew. */
export function leaseFrom(bytes: Uint8Array): Lease {
  try {
    const { days, contact, seen } = JSON.parse(new TextDecoder().decode(bytes)) as Partial<Lease>;
    if (Number.isFinite(contact) && Number.isFinite(seen) && Number.isFinite(days)) {
      return { days: sane(days as number), contact: contact as number, seen: seen as number };
    }
  } catch {
    // Falls through to a lease that is over.
  }
  return { days: DEFAULT_DAYS, contact: 0, seen: Number.MAX_SAFE_INTEGER };
}

function sane(days: number): number {
  return Number.isFinite(days) && days > 0 ? Math.min(days, LONGEST_DAYS) : DEFAULT_DAYS;
}
