import { describe, expect, it } from 'vitest';
import { oneMore, NONE, waitMs } from './attempts';
import { daysFrom, DEFAULT_DAYS, endsAt, isOver, leaseFrom, observed, renewed } from './lease';
import { bytes } from './testing';

const DAY = 24 * 60 * 60 * 1000;
const NOON = Date.UTC(2026, 10, 22, 12);

describe('the lease', () => {
  it('runs for its days and not a moment longer', () => {
    const lease = renewed(NOON, 14);
    expect(isOver(observed(lease, NOON + 14 * DAY))).toBe(false);
    expect(isOver(observed(lease, NOON + 14 * DAY + 1))).toBe(true);
    expect(endsAt(observed(lease, NOON + 4 * DAY), NOON + 4 * DAY)).toBe(NOON + 14 * DAY);
  });

  it('gains nothing by a clock that is set back', () => {
    let lease = observed(renewed(NOON, 14), NOON + 10 * DAY);
    lease = observed(lease, NOON);
    expect(lease.seen).toBe(NOON + 10 * DAY);
    // While the app runs, the monotonic clock counts on.
    lease = observed(lease, NOON + 1, 4 * DAY + 1);
    expect(isOver(lease)).toBe(true);
  });

  it('is put right by contact after the clock jumped ahead', () => {
    const jumped = observed(renewed(NOON, 14), NOON + 400 * DAY);
    expect(isOver(jumped)).toBe(true);
    const again = renewed(NOON + 1, 14);
    expect(isOver(observed(again, NOON + 2))).toBe(false);
  });

  it('takes the days that the server names, if they make sense', () => {
    expect(daysFrom('3')).toBe(3);
    expect(daysFrom('0.5')).toBe(0.5);
    for (const senseless of [null, '', 'x', '0', '-1', 'NaN', 'Infinity']) {
      expect(daysFrom(senseless), String(senseless)).toBe(DEFAULT_DAYS);
    }
    expect(daysFrom('100000')).toBe(90);
  });

  it('counts as over when what is stored can’t be read', () => {
    for (const hostile of ['', '{', '{}', 'null', '[]', '{"days":1,"contact":"x","seen":1}', '{"days":1e9}']) {
      expect(isOver(leaseFrom(bytes(hostile))), hostile).toBe(true);
    }
    const lease = renewed(NOON, 14);
    expect(leaseFrom(bytes(JSON.stringify(lease)))).toEqual(lease);
  });
});

describe('waiting after wrong passphrases', () => {
  it('starts at the fourth and doubles up to a quarter of an hour', () => {
    let attempts = NONE;
    const waits: number[] = [];
    for (let wrong = 1; wrong <= 14; wrong++) {
      attempts = oneMore(attempts, NOON);
      waits.push(waitMs(attempts, NOON) / 1000);
    }
    expect(waits).toEqual([0, 0, 0, 5, 10, 20, 40, 80, 160, 320, 640, 900, 900, 900]);
  });

  it('ends, and is not made longer by setting the clock back', () => {
    const attempts = { wrong: 4, until: NOON + 5_000 };
    expect(waitMs(attempts, NOON + 5_000)).toBe(0);
    expect(waitMs(attempts, NOON - DAY)).toBe(5_000);
  });
});
