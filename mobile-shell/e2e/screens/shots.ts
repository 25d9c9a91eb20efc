/** Pictures of stories, for people to look at: run by vitest with SHOTS=folder, STORIES, TASTES and FULL. */
import { mkdirSync } from 'node:fs';
import { afterAll, beforeAll, describe, test } from 'vitest';
import { Stage, type Taste } from './browser';
import { ACTS } from './acts';

const TASTES: Record<string, Taste> = {
  light: { width: 360, height: 780 },
  dark: { width: 360, height: 780, dark: true },
  small: { width: 320, height: 640 },
  large: { width: 360, height: 780, text: 2 },
  forced: { width: 360, height: 780, forced: true },
};
const folder = process.env.SHOTS ?? 'e2e/.tmp/shots';
const wanted = (process.env.STORIES ?? '').split(',').filter((it) => it !== '');
const tastes = (process.env.TASTES ?? 'light').split(',');

describe('pictures', () => {
  let stage: Stage;
  beforeAll(async () => {
    mkdirSync(folder, { recursive: true });
    stage = await Stage.open();
  }, 60_000);
  afterAll(() => stage.close());
  for (const story of Object.keys(ACTS).filter((it) => wanted.length === 0 || wanted.includes(it))) {
    for (const taste of tastes) {
      test(`${story} ${taste}`, async () => {
        const page = await stage.show(ACTS[story]!.story, TASTES[taste]!);
        await ACTS[story]!.act?.(page);
        await page.screenshot({ path: `${folder}/${story}.${taste}.png`, fullPage: process.env.FULL !== undefined, scale: 'css' });
      }, 30_000);
    }
  }
});
