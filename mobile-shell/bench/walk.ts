/**
 * A person's way through the screens, walked within the page, so that only the app's own time is
 * measured: each button is pressed in the moment in which it is there.
 */

import type { Page } from 'playwright-core';

/** One step: what to wait for, and what is done then. */
export interface Step {
  /** The name that its time gets. */
  name: string;
  /** The element to wait for … */
  selector: string;
  /** … with exactly this text, if given. */
  text?: string;
  /** Typed into it; the form it belongs to is sent then. */
  type?: string;
  /** Pressed. */
  press?: boolean;
}

/** When each step's element had been drawn, in milliseconds from the first one's wait. */
export type Times = Record<string, number>;

interface Walking {
  steps: Step[];
  times: Times;
}

/** Makes the next document that opens walk by itself; its clock begins with its navigation. */
export async function walkAtNextOpening(page: Page, steps: Step[]): Promise<void> {
  await page.addInitScript(walker, { steps });
}

/** Goes to an address of the open app and walks on from there; its clock begins now. */
export async function walk(page: Page, hash: string, steps: Step[]): Promise<Times> {
  await page.evaluate(walker, { steps, hash });
  return arrived(page, steps);
}

/** The times, as soon as the last step has been made. */
export async function arrived(page: Page, steps: Step[]): Promise<Times> {
  const last = steps.at(-1)?.name ?? '';
  try {
    await page.waitForFunction((it) => ((window as unknown as { walking?: Walking }).walking?.times ?? {})[it] !== undefined, last, { timeout: 120_000, polling: 100 });
  } catch (cause) {
    const at = await page.evaluate(() => `${JSON.stringify((window as unknown as { walking?: Walking }).walking?.times)} ${document.body.innerText.slice(0, 600)}`);
    throw new Error(`the walk ended before ${last}: ${at}`, { cause });
  }
  return page.evaluate(() => (window as unknown as { walking: Walking }).walking.times);
}

/** Runs in the page: everything that it needs is in here. */
function walker({ steps, hash }: { steps: Step[]; hash?: string }): void {
  if (!location.protocol.startsWith('http')) return;
  // A document's own clock begins with its navigation.
  const began = hash === undefined ? 0 : performance.now();
  if (hash !== undefined) location.hash = hash;
  const walking: Walking = { steps: [...steps], times: {} };
  Object.assign(window, { walking });
  const find = ({ selector, text }: Step) =>
    [...document.querySelectorAll<HTMLElement>(selector)].find((it) => text === undefined || it.textContent?.trim() === text);
  let busy = false;
  const look = () => {
    const step = walking.steps[0];
    if (busy || step === undefined) return;
    const found = find(step);
    if (found === undefined) return;
    busy = true;
    // After the frame in which it is drawn.
    requestAnimationFrame(() => {
      const channel = new MessageChannel();
      channel.port1.onmessage = () => {
        channel.port1.close();
        walking.times[step.name] = performance.now() - began;
        walking.steps.shift();
        busy = false;
        if (step.type !== undefined && found instanceof HTMLInputElement) {
          found.value = step.type;
          found.dispatchEvent(new InputEvent('input', { bubbles: true }));
          // Once the field's value has been taken over.
          requestAnimationFrame(() => setTimeout(() => found.form?.requestSubmit(), 0));
        } else if (step.press) {
          found.click();
        }
        look();
      };
      channel.port2.postMessage(0);
    });
  };
  new MutationObserver(look).observe(document, { subtree: true, childList: true, attributes: true, characterData: true });
  look();
}
