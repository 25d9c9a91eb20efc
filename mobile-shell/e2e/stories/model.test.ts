import { afterEach, beforeEach, expect, it } from 'vitest';
import { Phone, type StoryWindow } from '../harness/phone';
import { Server } from '../harness/server';
import { enrolled, family, refusal } from '../harness/steps';
import { risingTones } from '../harness/voice';

let server: Server;
let phone: Phone;
beforeEach(async () => {
  server = await Server.start();
  phone = new Phone({ voice: risingTones(20) });
});
afterEach(async () => {
  await phone.end();
  await server.end();
});

it('a damaged speech model is never used: it is said, the recording is kept, and the model can be fetched anew', async () => {
  const page = await enrolled(phone, server);
  const of = await family(page);
  await page.evaluate(() => (window as unknown as StoryWindow).app.fetchModel());
  const state = () => page.evaluate(() => (window as unknown as StoryWindow).app.model.get().state);
  expect(await state()).toBe('ready');
  // One bit in the middle of it.
  const damaged = await page.evaluate(async () => {
    let parts = 0;
    for (const name of await caches.keys()) {
      const cache = await caches.open(name);
      for (const request of (await cache.keys()).filter(({ url }) => /\/speech-model\/.*\/5$/.test(url))) {
        const bytes = new Uint8Array(await ((await cache.match(request)) as Response).arrayBuffer());
        bytes[1000] = (bytes[1000] as number) ^ 1;
        await cache.put(request, new Response(bytes));
        parts++;
      }
    }
    return parts;
  });
  expect(damaged).toBe(1);

  const id = await page.evaluate((it) => (window as unknown as StoryWindow).app.recorder.start(it), of);
  await page.waitForFunction(() => {
    const at = (window as unknown as StoryWindow).app.recorder.state.get();
    return 'stored' in at && at.stored >= 2;
  });
  await page.evaluate(() => (window as unknown as StoryWindow).app.recorder.stop());
  const wrong = await refusal(page.evaluate((it) => (window as unknown as StoryWindow).app.transcribe(it), id));
  expect(wrong).toContain('is damaged. Fetch it again');
  expect(wrong).toContain('The recording is kept');
  expect(await state()).toBe('corrupt');
  expect(await page.evaluate(() => (window as unknown as StoryWindow).app.recordings())).toMatchObject([{ id, finished: true }]);

  await page.evaluate(() => (location.hash = '#/model'));
  await page.getByText('The speech model is damaged').waitFor();
  await page.getByRole('button', { name: /^Fetch it again/ }).click();
  await page.getByText('The speech model is ready').waitFor();
  expect(await state()).toBe('ready');
});
