import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { RecorderState } from '../../src/core/app';
import { fill, FULL, type Making, Phone, reach, type StoryWindow } from '../harness/phone';
import { scan } from '../harness/scan';
import { Server } from '../harness/server';
import { enrolled, family, PASSPHRASE, refusal, unlock } from '../harness/steps';
import { risingTones } from '../harness/voice';
import type { Page } from 'playwright-core';

const VOICE = risingTones(60);

let server: Server;
let phone: Phone;
beforeEach(async () => {
  server = await Server.start();
});
afterEach(async () => {
  await phone.end();
  await server.end();
});

async function with_(making: Making): Promise<Page> {
  phone = new Phone(making);
  return enrolled(phone, server);
}
const record = (page: Page, of: string) => page.evaluate((it) => (window as unknown as StoryWindow).app.recorder.start(it), of);
/** Waits until so many seconds are stored. */
async function stored(page: Page, seconds: number): Promise<RecorderState> {
  const state = await page.waitForFunction((wanted) => {
    const at = (window as unknown as StoryWindow).app.recorder.state.get();
    return 'stored' in at && at.stored >= wanted ? at : undefined;
  }, seconds);
  return (await state.jsonValue()) as RecorderState;
}
/** The pitch of each whole second, by counting where the tone crosses zero. */
function pitches(page: Page, id: string, seconds: number): Promise<number[]> {
  return page.evaluate(
    async ([recording, count]) => {
      const { app } = window as unknown as StoryWindow;
      const out: number[] = [];
      for (let second = 0; second < count; second++) {
        const { samples } = await app.sound(recording, second * 1000, second * 1000 + 1000);
        let crossings = 0;
        for (let at = 1; at < samples.length; at++) {
          if ((samples[at - 1] as number) < 0 && (samples[at] as number) >= 0) crossings++;
        }
        out.push(crossings);
      }
      return out;
    },
    [id, seconds] as const,
  );
}

describe('recording', () => {
  it('survives a kill with at most a second lost, is offered again and goes on', async () => {
    let page = await with_({ voice: VOICE });
    const of = await family(page);
    const id = await record(page, of);
    await stored(page, 6);
    const before = await page.evaluate(() => (window as unknown as StoryWindow).app.recorder.state.get());
    await server.kill();
    await phone.kill();

    page = await phone.open(server.url);
    await unlock(page);
    await reach(page, 'open');
    const cards = await page.evaluate(() => (window as unknown as StoryWindow).app.recordings());
    expect(cards).toMatchObject([{ id, family: of, finished: false, transcribed: false }]);
    const kept = cards[0]?.seconds ?? 0;
    expect(kept).toBeGreaterThanOrEqual('seconds' in before ? before.seconds : 99);

    await page.evaluate((it) => (window as unknown as StoryWindow).app.recorder.goOn(it), id);
    await stored(page, kept + 2);
    const card = await page.evaluate(() => (window as unknown as StoryWindow).app.recorder.stop());
    expect(card.finished).toBe(true);
    expect(card.seconds).toBeGreaterThanOrEqual(kept + 2);
    // Each second is the one that was played: the tone rises, and begins anew with the second sitting.
    const heard = await pitches(page, id, kept - 1);
    // The first second has the microphone's own beginning in it.
    for (let second = 2; second < heard.length; second++) {
      expect(Math.abs((heard[second] as number) - (heard[second - 1] as number) - 20), heard.join(' ')).toBeLessThan(15);
    }
  });

  it('pauses and goes on', async () => {
    const page = await with_({ voice: VOICE });
    const id = await record(page, await family(page));
    await stored(page, 2);
    await page.evaluate(() => (window as unknown as StoryWindow).app.recorder.pause());
    const paused = await page.evaluate(() => (window as unknown as StoryWindow).app.recorder.state.get());
    expect(paused.state).toBe('paused');
    await page.evaluate(() => (window as unknown as StoryWindow).app.recorder.resume());
    await stored(page, 4);
    const card = await page.evaluate(() => (window as unknown as StoryWindow).app.recorder.stop());
    expect(card).toMatchObject({ id, finished: true });
    expect((await pitches(page, id, 4)).every((pitch) => pitch > 300)).toBe(true);
  });

  it('goes on behind the lock, and what was said there is there after unlocking', async () => {
    const page = await with_({ voice: VOICE });
    const id = await record(page, await family(page));
    await stored(page, 1);
    await page.evaluate(() => (window as unknown as StoryWindow).app.lock());
    expect(await reach(page, 'locked')).toMatchObject({ recording: true });
    await stored(page, 3);
    await page.evaluate(() => (window as unknown as StoryWindow).app.recorder.stop());
    expect(await reach(page, 'locked')).toMatchObject({ recording: false });
    expect(await refusal(page.evaluate((it) => (window as unknown as StoryWindow).app.sound(it, 0, 1000), id))).toContain('locked');
    await unlock(page);
    await reach(page, 'open');
    expect((await pitches(page, id, 3)).every((pitch) => pitch > 300)).toBe(true);
  });

  it('keeps sound in memory while there is no room, and stores it when there is', async () => {
    const page = await with_({ voice: VOICE, fault: FULL });
    const id = await record(page, await family(page));
    await stored(page, 1);
    await fill(page, true);
    await page.waitForFunction(() => {
      const at = (window as unknown as StoryWindow).app.recorder.state.get();
      return at.state === 'storage-full' && at.heldSeconds >= 2;
    });
    await fill(page, false);
    await stored(page, 4);
    await page.evaluate(() => (window as unknown as StoryWindow).app.recorder.stop());
    const heard = await pitches(page, id, 4);
    expect(heard.every((pitch, second) => second === 0 || pitch > (heard[second - 1] as number)), heard.join(' ')).toBe(true);
  });

  it('leaves no plain sound in the profile', async () => {
    const page = await with_({ voice: VOICE });
    const id = await record(page, await family(page));
    await stored(page, 3);
    const part = await page.evaluate(async (it) => [...(await (window as unknown as StoryWindow).app.sound(it, 1000, 1004)).samples], id);
    await phone.kill();
    const pcm = Buffer.from(Int16Array.from(part, (sample) => Math.round(sample * 0x8000)).buffer);
    const floats = Buffer.from(Float32Array.from(part).buffer);
    expect(new Set(pcm).size).toBeGreaterThan(20);
    expect(scan(phone.profile, [PASSPHRASE], [pcm, floats])).toEqual([]);
    // The scan does find sound that lies there as it is.
    writeFileSync(join(phone.profile, 'careless'), Buffer.concat([Buffer.alloc(7), pcm]));
    expect(scan(phone.profile, [], [pcm])).toEqual([{ file: 'careless', word: 'a sound', how: 'as it is' }]);
  });

  it('says what to do when the microphone is denied, and stores nothing', async () => {
    const page = await with_({ microphone: false });
    const of = await family(page);
    expect(await refusal(record(page, of))).toContain('may not use the microphone');
    const state = await page.evaluate(() => (window as unknown as StoryWindow).app.recorder.state.get());
    expect(state).toMatchObject({ state: 'refused', why: 'denied' });
    expect(await page.evaluate(() => (window as unknown as StoryWindow).app.recordings())).toEqual([]);
  });

  it('says when the microphone is lost in mid-recording, keeps what was said and goes on', async () => {
    const page = await with_({ voice: VOICE });
    await page.evaluate(() => {
      // As when a headset is unplugged: the track ends under the app.
      const real = navigator.mediaDevices.getUserMedia.bind(navigator.mediaDevices);
      navigator.mediaDevices.getUserMedia = async (wishes) => {
        const stream = await real(wishes);
        Object.assign(window, { unplug: () => stream.getTracks().forEach((track) => (track.stop(), track.dispatchEvent(new Event('ended')))) });
        return stream;
      };
    });
    const id = await record(page, await family(page));
    await stored(page, 2);
    await page.evaluate(() => (window as unknown as { unplug: () => void }).unplug());
    await page.waitForFunction(() => (window as unknown as StoryWindow).app.recorder.state.get().state === 'interrupted');
    expect(await page.evaluate(() => (window as unknown as StoryWindow).app.recorder.state.get())).toMatchObject({ why: 'microphone-lost' });
    await page.evaluate(() => (window as unknown as StoryWindow).app.recorder.resume());
    await stored(page, 4);
    expect(await page.evaluate(() => (window as unknown as StoryWindow).app.recorder.stop())).toMatchObject({ id, finished: true });
  });
});
