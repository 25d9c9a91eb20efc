/**
 * A slower phone. Chromium's own throttling (CDP) slows a page's main thread and leaves its workers
 * as fast as they are, and the app's core is a worker: so the whole renderer can be slowed instead,
 * by letting its processes run only a part of the time.
 */

import { readdirSync, readFileSync } from 'node:fs';
import { Worker } from 'node:worker_threads';
import type { CDPSession } from 'playwright-core';

/** Four times slower. */
export const RATE = 4;

/** How a phone is slowed down. */
export type Slowing = 'main-thread' | 'whole-page';

/** Slows a page's main thread as Chromium's developer tools do. */
export async function slowMainThread(line: CDPSession, rate: number): Promise<void> {
  await line.send('Emulation.setCPUThrottlingRate', { rate });
}

/** Slows every renderer that descends from a process until the answer is called. */
export async function slowRenderers(ancestor: number, rate: number): Promise<() => Promise<void>> {
  const worker = new Worker(new URL('./slow.worker.mjs', import.meta.url), { workerData: { ancestor, rate } });
  await new Promise((resolve) => worker.once('message', resolve));
  return async () => {
    const ended = new Promise((resolve) => worker.once('exit', resolve));
    worker.postMessage('stop');
    await ended;
  };
}

/** The browser that runs with a profile. */
export function browserOf(profile: string): number {
  const found = readdirSync('/proc').find((pid) => {
    const arguments_ = /^\d+$/.test(pid) ? commandOf(pid) : [];
    return arguments_.includes(`--user-data-dir=${profile}`) && !arguments_.some((it) => it.startsWith('--type='));
  });
  if (found === undefined) {
    throw new Error('the browser’s process was not found');
  }
  return Number(found);
}

/** Milliseconds of processor time that each renderer of a browser has spent so far, by process; in steps of ten. */
export function spentOf(browser: number): Map<number, number> {
  const spent = new Map<number, number>();
  for (const pid of readdirSync('/proc').filter((it) => /^\d+$/.test(it))) {
    if (commandOf(pid).some((it) => it.includes('--type=renderer')) && descends(Number(pid), browser)) {
      const stat = statOf(Number(pid));
      spent.set(Number(pid), (Number(stat[11]) + Number(stat[12])) * 10);
    }
  }
  return spent;
}

function descends(pid: number, ancestor: number): boolean {
  let at = pid;
  while (at > 1 && at !== ancestor) at = Number(statOf(at)[1] ?? 0);
  return at === ancestor;
}

/** A process's line of /proc behind its name; empty if it has ended. */
function statOf(pid: number): string[] {
  try {
    return readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1)?.split(' ') ?? [];
  } catch {
    return [];
  }
}

function commandOf(pid: string): string[] {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0');
  } catch {
    return [];
  }
}
