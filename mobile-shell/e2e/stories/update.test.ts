import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Phone, reach, type StoryWindow } from '../harness/phone';
import { Server } from '../harness/server';
import { draft, draftOf, enrolled, family, refusal, unlock } from '../harness/steps';

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

describe('an update', () => {
  it('waits for the person, not during a recording or with unsaved words, and keeps the draft', async () => {
    const page = await enrolled(phone, server);
    const id = await draftOf(page, 'A draft from the old version.');
    const script = () => page.evaluate(() => document.querySelector<HTMLScriptElement>('script[type=module]')?.src);
    const old = await script();

    server.serveBuild('two');
    await page.evaluate(() => {
      Object.assign(window, { release: (window as unknown as StoryWindow).app.hold() });
      return navigator.serviceWorker.getRegistration().then((it) => it?.update());
    });
    await page.waitForFunction(() => (window as unknown as StoryWindow).app.update.get().state === 'held');
    expect(await page.evaluate(() => (window as unknown as StoryWindow).app.update.get())).toMatchObject({ by: expect.arrayContaining(['unsaved-draft']) });
    expect(await refusal(page.evaluate(() => (window as unknown as StoryWindow).app.applyUpdate()))).toContain('until you have finished');

    await page.evaluate((it) => (window as unknown as StoryWindow).app.recorder.start(it), await family(page));
    await page.evaluate(() => (window as unknown as { release: () => void }).release());
    expect(await page.evaluate(() => (window as unknown as StoryWindow).app.update.get())).toMatchObject({ by: expect.arrayContaining(['recording']) });
    await page.evaluate(() => (window as unknown as StoryWindow).app.recorder.stop());
    // What is being sent meanwhile holds it for a moment, too.
    await page.waitForFunction(() => (window as unknown as StoryWindow).app.update.get().state === 'ready');
    expect(await script()).toBe(old);

    const reloaded = page.waitForEvent('load');
    await page.evaluate(() => void (window as unknown as StoryWindow).app.applyUpdate());
    await reloaded;
    await unlock(page);
    await reach(page, 'open');
    expect(await script()).not.toBe(old);
    expect(JSON.stringify(await draft(page, id))).toContain('old version');

    // The new version is whole: it starts with the server dead.
    await server.kill();
    await phone.kill();
    const again = await phone.open(server.url);
    await unlock(again);
    expect(JSON.stringify(await draft(again, id))).toContain('old version');
  });
});
