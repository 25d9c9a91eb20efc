import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Page } from 'playwright-core';
import { BUILDS } from '../harness/built';
import { Phone, reach, type StoryWindow } from '../harness/phone';
import { scan } from '../harness/scan';
import { Server } from '../harness/server';
import { accept, draftOf, enrolled, family, unlock } from '../harness/steps';
import { spoken } from '../harness/voice';

const NOTE = new URL('../../../crates/cli/recordings/social-worker.flac', import.meta.url);
/** So much of the note is spoken before the first kill, in seconds. */
const BEFORE_KILL = 5;

let server: Server;
let phone: Phone;
beforeEach(async () => {
  server = await Server.start();
});
afterEach(async () => {
  await phone.end();
  await server.end();
});

/** Begins to write down, and waits until a first window is stored. */
const begun = (page: Page, id: string) =>
  page.evaluate(
    (it) =>
      new Promise<void>((resolve, reject) => {
        const { app } = window as unknown as StoryWindow;
        const look = () =>
          app.recordings().then((cards) => {
            if (cards.some((card) => card.id === it && card.transcribedSeconds > 0)) resolve();
          }, reject);
        app.transcribe(it, () => void look()).catch(reject);
      }),
    id,
  );

describe('a spoken visit', () => {
  it('without any network, killed while speaking and while writing down, becomes an entry that others get', async () => {
    phone = new Phone();
    const { file, seconds } = await spoken(await phone.open(server.url), NOTE);
    await phone.end();

    phone = new Phone({ voice: file });
    let page = await enrolled(phone, server);
    await page.evaluate(() => (window as unknown as StoryWindow).app.fetchModel());
    expect(await page.evaluate(() => (window as unknown as StoryWindow).app.model.get().state)).toBe('ready');
    // The family that the note is about, and that Joe works with as well.
    const of = await family(page, 'Brennan');
    await server.kill();

    // Killed while speaking.
    const id = await page.evaluate((it) => (window as unknown as StoryWindow).app.recorder.start(it), of);
    const stored = (wanted: number) =>
      page.waitForFunction(
        (it) => {
          const at = (window as unknown as StoryWindow).app.recorder.state.get();
          return 'stored' in at && at.stored >= it;
        },
        wanted,
        { timeout: 300_000 },
      );
    await stored(BEFORE_KILL);
    await phone.kill();
    page = await phone.open(server.url);
    await unlock(page);
    const [cut] = await page.evaluate(() => (window as unknown as StoryWindow).app.recordings());
    expect(cut).toMatchObject({ id, finished: false });
    await page.evaluate((it) => (window as unknown as StoryWindow).app.recorder.goOn(it), id);
    await stored((cut?.seconds ?? 0) + seconds);
    await page.evaluate(() => (window as unknown as StoryWindow).app.recorder.stop());

    // Killed while writing down: what was done is not done again.
    await begun(page, id);
    await phone.kill();
    page = await phone.open(server.url);
    await unlock(page);
    const [half] = await page.evaluate(() => (window as unknown as StoryWindow).app.recordings());
    expect(half).toMatchObject({ id, finished: true, transcribed: false });
    expect(half?.transcribedSeconds).toBeGreaterThan(0);
    const transcript = await page.evaluate((it) => (window as unknown as StoryWindow).app.transcribe(it), id);
    expect(transcript.text.toLowerCase()).toMatch(/headphones.*count to a hundred.*next visit on/);

    // A draft, checked by its author, and an entry.
    const { kept, review } = await page.evaluate(([it, recording]) => (window as unknown as StoryWindow).app.compose(it, { recording }), [of, id] as const);
    expect(kept.recording).toBe(id);
    expect(review.canComplete).toBe(review.unsaid.length === 0 && review.unsettled.length === 0);
    // Three words in a row that the app's own files don't have (and the model's list of words can't).
    const all = [...transcript.text.matchAll(/(?=\b(\w+ \w+ \w+))\b/g)].map(([, phrase]) => phrase as string).filter((phrase) => phrase.length > 16);
    const ours = new Set(scan(`${BUILDS}one`, all).map(({ word }) => word));
    const phrases = all.filter((phrase) => !ours.has(phrase));
    expect(phrases.length).toBeGreaterThan(10);
    await phone.kill();
    expect(scan(phone.profile, phrases)).toEqual([]);

    page = await phone.open(server.url);
    await unlock(page);
    await reach(page, 'open');
    expect((await page.evaluate((it) => (window as unknown as StoryWindow).app.draft(it), kept.id)).text).toBe(kept.text);
    await accept(page, kept.id);
    expect(await page.evaluate(() => (window as unknown as StoryWindow).app.recordings())).toEqual([]);
    expect(await page.evaluate((it) => (window as unknown as StoryWindow).app.sync.get().entries[it], kept.id)).toBe('on-this-phone');

    // Somebody else of the team has written about the same family meanwhile, without a network too.
    await server.run();
    const other = new Phone();
    let theirs = await enrolled(other, server, 'joe');
    await theirs.evaluate(() => (window as unknown as StoryWindow).app.syncNow());
    await server.kill();
    const written = await draftOf(theirs, 'The school rang. Attendance was four days of five.');
    await accept(theirs, written);
    await other.kill();

    // There is a server again: both send, both fetch, both show the same workbook.
    await server.run();
    await page.evaluate(() => (window as unknown as StoryWindow).app.syncNow());
    expect(await page.evaluate((it) => (window as unknown as StoryWindow).app.sync.get().entries[it], kept.id)).toBe('in-the-workbook');
    try {
      theirs = await other.open(server.url);
      await unlock(theirs);
      await reach(theirs, 'open');
      for (const it of [theirs, page]) await it.evaluate(() => (window as unknown as StoryWindow).app.syncNow());
      const entries = await theirs.evaluate((it) => (window as unknown as StoryWindow).app.entries(it), of);
      expect(entries.map((entry) => entry.id)).toEqual(expect.arrayContaining([kept.id, written]));
      const shown = (it: Page) =>
        it.evaluate(async (family_) => {
          const { app } = window as unknown as StoryWindow;
          const { summary } = await app.family(family_);
          // Each reader's own chapter comes first.
          summary.chapters.sort((a, b) => a.discipline.localeCompare(b.discipline));
          const lines = (await app.entries(family_)).map(({ id, author, occurred, kind }) => ({ id, author, occurred, kind }));
          return { chronology: await app.chronology(family_), summary, lines };
        }, of);
      expect(await shown(theirs)).toEqual(await shown(page));
    } finally {
      await other.end();
    }
  }, 900_000);
});
