/** The numbers as they are written down, one list for everything that `make bench-phone` measures. */

import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { loadavg } from 'node:os';
import { fileURLToPath } from 'node:url';

const FILE = fileURLToPath(new URL('../../target/bench/phone.json', import.meta.url));

/** One number; null where something is not meant. */
export interface Row {
  metric: string;
  value: number;
  unit: string;
  peer: string | null;
  peer_value: number | null;
  ratio: number | null;
  goal: number | null;
  met: boolean | null;
}

/** What was measured, at most `goal` if there is one. Milliseconds are whole. */
export function row(metric: string, value: number, unit: string, goal: number | null = null): Row {
  const round = unit === 'ms' ? Math.round(value) : Math.round(value * 1000) / 1000;
  return { metric, value: round, unit, peer: null, peer_value: null, ratio: null, goal, met: goal === null ? null : value <= goal };
}

/** How busy the machine was: how many processes wanted to run in the last five minutes. */
export function busy(during: string): Row {
  return row(`load-average-during-${during}`, loadavg()[1] ?? Number.NaN, 'processes');
}

/** Puts these rows in place of those of the same names, so that parts can be measured alone. */
export function write(rows: readonly Row[]): void {
  const names = new Set(rows.map(({ metric }) => metric));
  const kept = existing().filter(({ metric }) => !names.has(metric));
  mkdirSync(new URL('.', `file://${FILE}`), { recursive: true });
  writeFileSync(FILE, `${JSON.stringify([...kept, ...rows], undefined, 2)}\n`);
  for (const { metric, value, unit, goal, met } of rows) {
    console.log(metric.padEnd(56), String(value).padStart(9), unit, goal === null ? '' : `goal ${goal} ${met ? 'met' : 'NOT MET'}`);
  }
}

function existing(): Row[] {
  try {
    return JSON.parse(readFileSync(FILE, 'utf8')) as Row[];
  } catch {
    return [];
  }
}

/** The middle one; times of few runs have outliers. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}
