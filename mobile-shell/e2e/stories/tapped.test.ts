import type { Page } from 'playwright-core';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { Phone, type StoryWindow } from '../harness/phone';
import { Server } from '../harness/server';
import { PASSPHRASE } from '../harness/steps';
import { spoken } from '../harness/voice';

const NOTE = new URL('../../../crates/cli/recordings/social-worker.flac', import.meta.url);
/** So much of the note is spoken, in seconds. */
const SPOKEN_FOR = 14;

let server: Server;
let phone: Phone;
beforeEach(async () => {
  server = await Server.start();
  phone = new Phone();
});
afterEach(async () => {
  await phone.end();
  await server.end();
});

const button = (page: Page, name: string | RegExp) => page.getByRole('button', { name, exact: true });
const heading = (page: Page, name: string) => page.getByRole('heading', { name, exact: true });

it('a visit by taps alone, with the real microphone, speech engine and record: from a new phone to the workbook', async () => {
  const { file } = await spoken(await phone.open(server.url), NOTE);
  await phone.end();
  phone = new Phone({ voice: file });
  const page = await phone.open(server.url);

  // Set up, and fetch what is needed without signal.
  await page.getByLabel('Your work sign-in name').fill('amira');
  await page.getByLabel('Your work password').fill(server.password);
  await button(page, 'Continue').click();
  await page.getByLabel('New passphrase').fill(PASSPHRASE);
  await page.getByLabel('The same passphrase again').fill(PASSPHRASE);
  await button(page, 'Set up this phone').click();
  await heading(page, 'This phone is set up').waitFor();
  await page.evaluate(() => (location.hash = '#/model'));
  await button(page, /^Fetch the speech model/).click();
  await page.getByText('The speech model is ready').waitFor();
  await page.evaluate(() => (location.hash = '#/today'));
  await page.locator('.card__link').first().click();

  // There is no signal in the home. Speak, and let the phone write it down.
  await server.kill();
  await button(page, 'Record a visit').click();
  await button(page, 'Record').click();
  await page.waitForFunction((wanted) => {
    const at = (window as unknown as StoryWindow).app.recorder.state.get();
    return 'stored' in at && at.stored >= wanted;
  }, SPOKEN_FOR);
  await button(page, 'Finish and write it down').click();
  await heading(page, 'Writing down what you said').waitFor();
  await page.getByText(/Step 1 of/).waitFor({ timeout: 240_000 });
  const id = await page.evaluate(() => location.hash.split('/').at(-1) ?? '');

  // Check it: what was not said, the words, the people.
  const kind = page.getByLabel('What kind of contact was it?');
  if (await heading(page, 'What you did not say').isVisible()) {
    if (await kind.isVisible()) await kind.selectOption('statutory-visit-cp');
    if (await page.getByLabel('Took place').isVisible()) await page.getByLabel('Took place').check();
    if (await page.getByLabel('I do not know the time').isVisible()) await page.getByLabel('I do not know the time').check();
    await button(page, 'Next').click();
  }
  await heading(page, 'Read what you said').waitFor();
  // "Next" says how many words are left until there is none.
  const right = page.getByRole('dialog').getByRole('button', { name: /^It is right/ });
  while (!(await button(page, 'Next').isVisible())) {
    if (await right.isVisible()) await right.click();
    else if (await button(page, 'Check the first').isVisible()) await button(page, 'Check the first').click();
    await page.evaluate(() => new Promise(requestAnimationFrame));
  }
  await button(page, 'Next').click();
  await heading(page, 'Who was there').waitFor();
  await button(page, 'Next').click();
  await button(page, 'Read and complete').click();
  await page.getByLabel('I have read this and it is my record').check();
  await button(page, /^Complete/).click();
  await heading(page, 'Your entry is complete').waitFor();
  expect(await page.evaluate(() => (window as unknown as StoryWindow).app.recordings())).toEqual([]);
  const state = () => page.evaluate((it) => (window as unknown as StoryWindow).app.sync.get().entries[it], id);
  expect(await state()).toBe('on-this-phone');

  await server.run();
  await page.evaluate(() => (window as unknown as StoryWindow).app.syncNow());
  expect(await state()).toBe('in-the-workbook');
}, 400_000);
