/** Waiting after wrong passphrases: three are free, then each doubles the wait, up to 15 minutes. */

/** What is stored between tries. `until` in milliseconds since 1970. */
export interface Attempts {
  wrong: number;
  until: number;
}

/** No wrong passphrase yet. */
export const NONE: Attempts = { wrong: 0, until: 0 };

const FREE = 3;
const FIRST_WAIT_MS = 5_000;
const LONGEST_WAIT_MS = 15 * 60_000;

/** After one more wrong passphrase at `now`. */
export function oneMore(attempts: Attempts, now: number): Attempts {
  const wrong = attempts.wrong + 1;
  return { wrong, until: now + waitAfter(wrong) };
}

/** Milliseconds to wait before the next try. A clock that was set back does not lengthen the wait. */
export function waitMs(attempts: Attempts, now: number): number {
  return Math.min(Math.max(attempts.until - now, 0), waitAfter(attempts.wrong));
}

function waitAfter(wrong: number): number {
  return wrong <= FREE ? 0 : Math.min(FIRST_WAIT_MS * 2 ** (wrong - FREE - 1), LONGEST_WAIT_MS);
}
