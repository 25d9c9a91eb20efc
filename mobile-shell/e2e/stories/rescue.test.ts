import { execFileSync, spawnSync } from 'node:child_process';
import { copyFileSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { Phone, type StoryWindow } from '../harness/phone';
import { program, Server } from '../harness/server';
import { accept, draftOf, enrolled, family } from '../harness/steps';
import { risingTones } from '../harness/voice';

/** The file's own passphrase; the Rust tests open the kept file with it. */
const PASSPHRASE = 'four unrelated words here';
const KEPT = fileURLToPath(new URL('../../../crates/cli/tests/rescue/version-1.sealed', import.meta.url));
const VISIT =
  'Home visit on Monday the 12th of October at two p.m. I saw Tyler alone in his room. Tyler said, I count to a hundred when they shout.';

let server: Server;
let phone: Phone;
let folder: string;
beforeEach(async () => {
  server = await Server.start();
  phone = new Phone({ voice: risingTones(10) });
  folder = mkdtempSync(join(tmpdir(), 'workbook-rescue-'));
});
afterEach(async () => {
  await phone.end();
  await server.end();
  rmSync(folder, { recursive: true, force: true });
});

it('unsent work of a phone, saved by taps, is opened by the program on another machine', async () => {
  const page = await enrolled(phone, server);
  const of = await family(page);
  await server.kill();

  // Complete and unsent, a draft, and a recording.
  const id = await draftOf(page, VISIT);
  await accept(page, id);
  await draftOf(page, 'Xanthippe Quillfeather was afraid of the neighbour');
  await page.evaluate((it) => (window as unknown as StoryWindow).app.recorder.start(it), of);
  await page.waitForFunction(() => {
    const at = (window as unknown as StoryWindow).app.recorder.state.get();
    return 'stored' in at && at.stored >= 2;
  });
  await page.evaluate(() => (window as unknown as StoryWindow).app.recorder.stop());

  await page.evaluate(() => (location.hash = '#/rescue'));
  await page.getByLabel('New passphrase').fill(PASSPHRASE);
  await page.getByLabel('The same passphrase again').fill(PASSPHRASE);
  await page.getByRole('button', { name: 'Make the file' }).click();
  await page.getByText('The file is ready').waitFor();
  const saved = page.waitForEvent('download');
  await page.getByText('Save the file').click();
  const file = join(folder, 'saved');
  await (await saved).saveAs(file);
  expect(readFileSync(file).includes('Xanthippe')).toBe(false);

  const passphrase = join(folder, 'passphrase');
  writeFileSync(passphrase, `${PASSPHRASE}\n`);
  const into = join(folder, 'rescued');
  const text = execFileSync(program(), ['rescue', 'open', file, '--passphrase-file', passphrase, '--into', into], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
  expect(text).toContain('Complete, on no server: 1');
  expect(text).toContain('I count to a hundred when they shout');
  expect(text).toContain('Drafts: 1');
  expect(text).toContain('Xanthippe Quillfeather was afraid of the neighbour');
  expect(readdirSync(into).sort()).toEqual(['recording-1.wav', 'unsent.json', 'unsent.txt']);
  expect(statSync(into).mode & 0o777).toBe(0o700);
  expect(statSync(join(into, 'unsent.txt')).mode & 0o777).toBe(0o600);
  expect(JSON.parse(readFileSync(join(into, 'unsent.json'), 'utf8'))).toMatchObject({ version: 1, waiting: [{ familyName: expect.any(String) }] });
  const sound = readFileSync(join(into, 'recording-1.wav'));
  expect(sound.subarray(0, 4).toString()).toBe('RIFF');
  expect(sound.length).toBeGreaterThan(44 + 2 * 32_000 - 1);

  writeFileSync(passphrase, 'another passphrase\n');
  const wrong = spawnSync(program(), ['rescue', 'open', file, '--passphrase-file', passphrase], { encoding: 'utf8' });
  expect([wrong.status, wrong.stdout]).toEqual([1, '']);
  expect(wrong.stderr).toContain('the passphrase is not right');

  // The file that the program's own tests open is one of these.
  if (process.env.UPDATE !== undefined) copyFileSync(file, KEPT);
});
