import type { Page } from 'playwright-core';
import { afterAll, beforeAll, it } from 'vitest';
import { Phone, type StoryWindow } from '../e2e/harness/phone';
import { Server } from '../e2e/harness/server';
import { enrolled, family, unlock } from '../e2e/harness/steps';
import { writeEntries } from './family';
import { coldStart, type Opened, startsByPasskey, view, VIEWS } from './opening';
import { busy, median, type Row, row, write } from './report';
import { RATE, type Slowing } from './slow';
import type { Times } from './walk';

/** Each number is the middle one of so many runs. */
const RUNS = Number(process.env.RUNS ?? 3);
const MODES: readonly (Slowing | undefined)[] = [undefined, 'main-thread', 'whole-page'];
const SIZES = (process.env.SIZES ?? '500,2000').split(',').map(Number);
const STEPS = ['locked', 'today', 'prepare', 'record'];
/** Milliseconds. */
const GOALS = { record: 1_500, family: 1_000 };

let server: Server;
let phone: Phone;
let opened: Opened;
let written = 0;
beforeAll(async () => {
  server = await Server.start();
  phone = new Phone();
});
afterAll(async () => {
  await phone.end();
  await server.end();
});

for (const size of SIZES) {
  it(`a family of ${size} entries`, async () => {
    let page: Page;
    if (written === 0) {
      page = await enrolled(phone, server);
      const id = await family(page);
      const name = await page.evaluate((it) => (window as unknown as StoryWindow).app.family(it).then((found) => found.name), id);
      opened = { id, name };
    } else {
      await server.run();
      await phone.close();
      page = await phone.open(server.url);
      await unlock(page);
    }
    const before = performance.now();
    await writeEntries(page, opened.id, written, size);
    console.log(`${size - written} entries written and sent in ${Math.round((performance.now() - before) / 1000)} s`);
    written = size;
    const concerns = await page.evaluate((it) => (window as unknown as StoryWindow).app.cast(it).then((cast) => cast.concerns.length), opened.id);
    console.log(`${concerns} open concerns`);
    await server.kill();

    const rows: Row[] = [];
    for (const mode of MODES) {
      for (const at of Object.keys(VIEWS) as (keyof typeof VIEWS)[]) {
        const times: Times[] = [];
        for (let run = 0; run < RUNS; run++) times.push(await view(phone, server.url, opened, at, mode));
        const most = at === 'family' && size === 500 ? GOALS.family : null;
        rows.push(...rowsOf(`${at}-page-${size}-entries`, times, 'there', mode, most));
      }
    }
    write([...rows, busy(`family-of-${size}`)]);
  });
}

it('a cold start without network', async () => {
  const rows: Row[] = [];
  for (const mode of MODES) {
    const times: Times[] = [];
    for (let run = 0; run < RUNS; run++) times.push(await coldStart(phone, server.url, opened, mode));
    rows.push(...startRows('cold-start-passphrase', times, mode));
  }
  write([...rows, busy('cold-start')]);
  const measured = await startsByPasskey(phone, server.url, opened, MODES, RUNS);
  write(measured.flatMap((times, at) => startRows('start-phone-lock', times, MODES[at])));
});

function startRows(what: string, times: Times[], mode: Slowing | undefined): Row[] {
  return STEPS.flatMap((step) => {
    const rows = rowsOf(`${what}-to-${step}`, times, step, mode, step === 'record' ? GOALS.record : null);
    // Processor time is that of the whole way.
    return step === 'record' ? rows : rows.slice(0, 1);
  });
}

/**
 * The time of a step and, of a phone at full speed, four times the processor time of its page: what a
 * slow phone would take at most, hardly changed by what else this machine does. Goals are for the slow phone.
 */
function rowsOf(metric: string, times: Times[], step: string, mode: Slowing | undefined, goal: number | null): Row[] {
  const middle = (name: string) => median(times.map((it) => it[name] ?? Number.NaN));
  if (mode !== undefined) {
    return [row(`${metric}-4x-${mode}`, middle(step), 'ms', goal)];
  }
  return [row(`${metric}-full-speed`, middle(step), 'ms'), row(`${metric}-4x-processor-time`, RATE * middle('processor'), 'ms', goal)];
}
