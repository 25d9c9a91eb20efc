/** What is measured of opening: from nothing to the record button, and a family's page. */

import type { Page } from 'playwright-core';
import { Phone, reach, type StoryWindow } from '../e2e/harness/phone';
import { PASSPHRASE, unlock } from '../e2e/harness/steps';
import { browserOf, RATE, slowMainThread, slowRenderers, spentOf, type Slowing } from './slow';
import { arrived, type Step, type Times, walk, walkAtNextOpening } from './walk';

/** A family as the person knows it and as addresses know it. */
export interface Opened {
  name: string;
  id: string;
}

const toRecord = (family: Opened): Step[] => [
  { name: 'today', selector: 'button.card__link', text: family.name, press: true },
  { name: 'prepare', selector: 'button', text: 'Record a visit', press: true },
  { name: 'record', selector: 'button.big:not([disabled])' },
];
const LOCKED: Step = { name: 'locked', selector: 'input[type=password]', type: PASSPHRASE };

/** Runs something while the phone is slow. `processor` is added to the times: what the page's processes have spent. */
async function slowed(phone: Phone, page: Page, slowing: Slowing | undefined, run: () => Promise<Times>): Promise<Times> {
  const browser = browserOf(phone.profile);
  const before = spentOf(browser);
  const times = await whileSlow(phone, page, slowing, run);
  const processor = [...spentOf(browser)].reduce((sum, [pid, spent]) => sum + spent - (before.get(pid) ?? 0), 0);
  return { ...times, processor };
}

async function whileSlow<T>(phone: Phone, page: Page, slowing: Slowing | undefined, run: () => Promise<T>): Promise<T> {
  if (slowing === 'whole-page') {
    const stop = await slowRenderers(browserOf(phone.profile), RATE);
    try {
      return await run();
    } finally {
      await stop();
    }
  }
  const line = await phone.cdp(page);
  await slowMainThread(line, slowing === undefined ? 1 : RATE);
  try {
    return await run();
  } finally {
    await slowMainThread(line, 1);
  }
}

/** The browser has just been started; the app is opened, unlocked by passphrase, and the record button reached. */
export async function coldStart(phone: Phone, url: string, family: Opened, slowing: Slowing | undefined): Promise<Times> {
  await phone.close();
  const page = await phone.open('about:blank');
  const steps = [LOCKED, ...toRecord(family)];
  await walkAtNextOpening(page, steps);
  return slowed(phone, page, slowing, async () => {
    await page.goto(url);
    return arrived(page, steps);
  });
}

/**
 * As {@link coldStart}, opened by the phone's lock. The browser is not started anew, because the
 * developer tools' authenticator would be gone with it: the document is left and the service worker stopped.
 */
export async function startsByPasskey(phone: Phone, url: string, family: Opened, modes: readonly (Slowing | undefined)[], runs: number): Promise<Times[][]> {
  await phone.close();
  const page = await phone.open(url);
  await unlock(page);
  await reach(page, 'open');
  const line = await phone.cdp();
  await line.send('WebAuthn.enable');
  await line.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2',
      ctap2Version: 'ctap2_1',
      transport: 'internal',
      hasResidentKey: true,
      hasUserVerification: true,
      hasPrf: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  });
  await page.evaluate((it) => (window as unknown as StoryWindow).app.addPasskey(it), PASSPHRASE);
  const steps: Step[] = [{ name: 'locked', selector: 'button', text: 'Use phone lock', press: true }, ...toRecord(family)];
  await walkAtNextOpening(page, steps);
  await line.send('ServiceWorker.enable');
  const measured: Times[][] = [];
  for (const slowing of modes) {
    const times: Times[] = [];
    for (let run = 0; run < runs; run++) {
      await page.goto('about:blank');
      await line.send('ServiceWorker.stopAllWorkers');
      times.push(
        await slowed(phone, page, slowing, async () => {
          await page.goto(url);
          return arrived(page, steps);
        }),
      );
    }
    measured.push(times);
  }
  return measured;
}

/** What is opened of a family right after unlocking, each in a browser of its own: nothing of it is in memory. */
export const VIEWS = {
  prepare: { name: 'there', selector: 'button', text: 'Open the whole workbook' },
  family: { name: 'there', selector: 'ul.links button', text: 'Prepare' },
  entries: { name: 'there', selector: 'main h2 button.card__link' },
} satisfies Record<string, Step>;

/** From the tap until a family's view is drawn (`there`). */
export async function view(phone: Phone, url: string, family: Opened, at: keyof typeof VIEWS, slowing: Slowing | undefined): Promise<Times> {
  await phone.close();
  const page = await phone.open(url);
  await unlock(page);
  await reach(page, 'open');
  await page.getByRole('button', { name: family.name, exact: true }).waitFor();
  return slowed(phone, page, slowing, () => walk(page, `#/${at}/${family.id}`, [VIEWS[at]]));
}
