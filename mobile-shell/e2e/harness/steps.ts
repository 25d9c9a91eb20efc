/** Steps that many stories take, through the app's own interface. */

import type { Page } from 'playwright-core';
import type { Kept } from '../../src/core/generated/types';
import { installed, type Phone, reach, type StoryWindow } from './phone';
import type { Server } from './server';

/** The passphrase of every story's phone. */
export const PASSPHRASE = 'kettle orchard violin seven';

/** A phone that is enrolled for Amira, holds her families and can start without network. */
export async function enrolled(phone: Phone, server: Server, person = 'amira'): Promise<Page> {
  const page = await phone.open(server.url);
  await reach(page, 'new');
  await page.evaluate(
    ([signIn, password, passphrase]) => (window as unknown as StoryWindow).app.enrol({ signIn, password, passphrase }),
    [person, server.password, PASSPHRASE] as const,
  );
  await reach(page, 'open');
  await family(page);
  await installed(page);
  return page;
}

/** The first family that the phone holds, or the one of this name; waits until it has come. */
export async function family(page: Page, name?: string): Promise<string> {
  return page.evaluate(
    (wanted) =>
      new Promise<string>((resolve, reject) => {
        const { app } = window as unknown as StoryWindow;
        const look = () =>
          app.today().then(({ families }) => {
            const found = families.find((it) => wanted === undefined || it.name === wanted);
            if (found !== undefined) resolve(found.family);
          }, reject);
        app.onChange(() => void look());
        void look();
      }),
    name,
  );
}

export async function unlock(page: Page): Promise<void> {
  await reach(page, 'locked');
  await page.evaluate((passphrase) => (window as unknown as StoryWindow).app.unlock({ passphrase }), PASSPHRASE);
}

/** Keeps a draft with these words in it. Its id. */
export async function draftOf(page: Page, words: string): Promise<string> {
  const of = await family(page);
  const { kept } = await page.evaluate(
    ([it, text]) => (window as unknown as StoryWindow).app.compose(it, { text }),
    [of, words] as const,
  );
  return kept.id;
}

/** The author reads the draft, answers what was not said, and accepts it. */
export async function accept(page: Page, id: string): Promise<void> {
  const review = await page.evaluate(async (it) => {
    const { app } = window as unknown as StoryWindow;
    const kept = await app.draft(it);
    const { kinds, outcomes } = await app.terms();
    const { entry, unsaid = [] } = kept.draft;
    if (unsaid.includes('kind')) entry.kind = kinds[0]?.code ?? entry.kind;
    if (unsaid.includes('outcome')) entry.outcome = outcomes[0]?.code ?? entry.outcome;
    if (unsaid.includes('start')) entry.occurred = { start: entry.occurred.start, timeUnknown: true };
    kept.draft.unsaid = [];
    for (const mark of kept.marks) mark.settled = true;
    await app.keep(kept);
    return app.review(await app.draft(it));
  }, id);
  if (!review.canComplete) throw new Error(`the draft can't be completed: ${JSON.stringify(review)}`);
  await page.evaluate((it) => (window as unknown as StoryWindow).app.complete(it), id);
}

export function draft(page: Page, id: string): Promise<Kept> {
  return page.evaluate((it) => (window as unknown as StoryWindow).app.draft(it), id);
}

/** Catches a call's failure, so that it can cross from the page to the story. */
export async function refusal(call: Promise<unknown>): Promise<string> {
  try {
    await call;
    return 'it did not fail';
  } catch (cause) {
    return String((cause as Error).message);
  }
}
