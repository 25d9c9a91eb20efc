/** A family with many entries, written in the app itself as its user would write them: text, draft, check, complete, sync. */

import type { Page } from 'playwright-core';
import type { StoryWindow } from '../e2e/harness/phone';

/** Entries between two synchronisations. */
const BATCH = 50;
const KINDS = ['home-visit', 'phone', 'unannounced-visit', 'joint-visit'];
/** What is said, time and again. No worries: each would be a new open concern, and no family has hundreds. */
const SAID = [
  'The kitchen was clean and there was food in the fridge.',
  'Mum said that she has been calmer since the last session and sleeps through most nights.',
  'School rang about lunch; attendance this week was four days of five.',
  'He was late for contact but stayed until tea and read to the children.',
  'Grandmother visits on Sundays and takes them to the park.',
  'There are arrears of rent; we rang the landlord together and agreed ten pounds a week.',
  'The health visitor weighed the baby, who is on the line she should be on.',
  'The heating was off and it was cold upstairs. Mum put it on while I was there.',
  'We talked about what happened on Friday night and what each of them would do another time.',
  'The lock on the back door was mended.',
  'On a scale from nought to ten, Mum gave safety a 6.',
  'Next visit is on Thursday.',
];

/** Writes entries `from` up to `to` of a family and sends them. */
export async function writeEntries(page: Page, family: string, from: number, to: number): Promise<void> {
  for (let first = from; first < to; first += BATCH) {
    const texts = Array.from({ length: Math.min(BATCH, to - first) }, (_, n) => note(first + n));
    await page.evaluate(writeBatch, [family, texts, KINDS] as const);
  }
}

/** Some 900 characters, other ones for each number, and the day on which it was written. */
function note(n: number): { text: string; day: string } {
  const lines = Array.from({ length: 9 }, (_, at) => SAID[(n * 5 + at * (1 + (n % 4))) % SAID.length]);
  const day = new Date(Date.UTC(2023, 0, 2) + (n % 1300) * 86_400_000).toISOString().slice(0, 10);
  return { text: `Visit number ${n + 1}. ${lines.join(' ')}`, day };
}

/** Runs in the page. */
async function writeBatch([family, texts, kinds]: readonly [string, { text: string; day: string }[], string[]]): Promise<void> {
  const { app } = window as unknown as StoryWindow;
  const { outcomes } = await app.terms();
  for (const { text, day } of texts) {
    const { kept } = await app.compose(family, { text }, day);
    const { entry, unsaid = [] } = kept.draft;
    if (unsaid.includes('kind')) entry.kind = (kinds[text.length % kinds.length] ?? entry.kind) as typeof entry.kind;
    if (unsaid.includes('outcome')) entry.outcome = outcomes[0]?.code ?? entry.outcome;
    if (unsaid.includes('start')) entry.occurred = { start: entry.occurred.start, timeUnknown: true };
    kept.draft.unsaid = [];
    for (const mark of kept.marks) mark.settled = true;
    await app.keep(kept);
    await app.complete(kept.id);
  }
  app.touched();
  await app.syncNow();
  const { waiting, refused, problem } = app.sync.get();
  if (waiting > 0 || refused > 0) {
    throw new Error(`${waiting} wait, ${refused} refused, ${JSON.stringify(problem)}`);
  }
}
