/** What people do on the screens: the ninety-second visit by taps and by keyboard, and what must never be seen. */
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ACTS } from './acts';
import { Stage } from './browser';
import type { FakeApp } from './fake/app';

type Faked = { fake: FakeApp };
const asked = (page: Page, name: string) =>
  page.evaluate((it) => (window as unknown as Faked).fake.asked.filter((call) => call[0] === it), name);

describe('screens', () => {
  let stage: Stage;
  beforeAll(async () => {
    stage = await Stage.open();
  }, 120_000);
  afterAll(() => stage.close());
  const button = (page: Page, name: string | RegExp) => page.getByRole('button', { name, exact: true });

  test('a draft is checked and completed by taps, and only what was tapped is in it', async () => {
    const page = await stage.show('check-unsaid');
    await page.getByLabel('What kind of contact was it?').selectOption('statutory-visit-cp');
    await page.getByLabel('Took place').check();
    await page.getByLabel('I do not know the time').check();
    await button(page, 'Next').click();
    await button(page, 'Check the first').click();
    await button(page, 'Hear it').click();
    await button(page, 'It is right, next').click();
    await page.getByLabel('Change it to').fill('come round');
    await button(page, 'Change it').click();
    await button(page, 'Next').click();
    await page.getByRole('checkbox', { name: /Jean Hartley/ }).check();
    await page.getByRole('group', { name: 'Seen alone, or why not?' }).first().getByLabel('Yes').check();
    await button(page, 'Next').click();
    await button(page, 'Read and complete').click();
    const complete = button(page, /^Complete/);
    // It says why it does nothing yet; it can be reached and pressed all the same.
    await complete.click({ force: true });
    expect(await asked(page, 'complete')).toEqual([]);
    await page.getByLabel('I have read this and it is my record').check();
    await complete.click();
    await page.getByRole('heading', { name: 'Your entry is complete' }).waitFor();
    expect(await asked(page, 'complete')).toHaveLength(1);
    const [, kept] = (await asked(page, 'keep')).at(-1) as [string, FakeApp['store']['kept']];
    expect(kept.draft.unsaid).toBeUndefined();
    expect(kept.draft.entry.kind).toBe('statutory-visit-cp');
    expect(kept.draft.entry.occurred).toEqual({ start: '2026-11-22T00:00:00', timeUnknown: true });
    expect(kept.draft.entry.children?.map((it) => it.alone)).toEqual(['yes', undefined]);
    expect(kept.draft.entry.present).toHaveLength(2);
    expect(Object.values(kept.draft.concerns)[0]?.statement).toContain('may come round at night');
    expect(kept.marks.filter((it) => it.must && !it.settled)).toEqual([]);
    expect(await asked(page, 'play')).toHaveLength(1);
  });

  test('the sheet keeps the keyboard inside, and Escape gives it back to the word', async () => {
    const page = await stage.show('check-read');
    const word = page.getByRole('button', { name: /^\? ?Nan|^Nan/ });
    await word.focus();
    await page.keyboard.press('Enter');
    await page.getByRole('dialog', { name: 'Not sure: is this right?' }).waitFor();
    for (let times = 0; times < 8; times++) await page.keyboard.press('Tab');
    expect(await page.evaluate(() => document.activeElement === document.body || document.activeElement?.closest('dialog') !== null)).toBe(true);
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'hidden' });
    expect(await word.evaluate((it) => it === document.activeElement)).toBe(true);
  });

  test('unlocking and recording by keyboard alone', async () => {
    const locked = await stage.show('gate-locked');
    await locked.getByLabel('Passphrase').focus();
    await locked.keyboard.type('four words that fit');
    await locked.keyboard.press('Enter');
    expect(await asked(locked, 'unlock')).toEqual([['unlock', { passphrase: 'four words that fit' }]]);
    const page = await stage.show('record');
    await button(page, 'Record').focus();
    await page.keyboard.press('Enter');
    await button(page, 'Pause').focus();
    await page.keyboard.press('Space');
    await page.getByText('Paused').waitFor();
  });

  test('a word that nobody marked can be tapped, too', async () => {
    const page = await stage.show('check-read');
    await page.evaluate(() => {
      const span = [...document.querySelectorAll<HTMLElement>('[data-start]')].find((it) => it.textContent?.includes('opened'));
      const node = span?.firstChild;
      if (!span || !node) throw new Error('the words are not there');
      const range = document.createRange();
      const at = (node.textContent ?? '').indexOf('opened');
      range.setStart(node, at + 1);
      range.setEnd(node, at + 2);
      span.scrollIntoView({ block: 'center' });
      const box = range.getBoundingClientRect();
      span.dispatchEvent(new MouseEvent('click', { bubbles: true, clientX: box.x + 2, clientY: box.y + box.height / 2 }));
    });
    await page.getByLabel('Change it to').waitFor();
    expect(await page.getByLabel('Change it to').inputValue()).toBe('opened');
  });

  test('a phone is set up in two steps, and then shown what helps', async () => {
    const page = await stage.show('gate-new');
    await page.getByLabel('Your work sign-in name').fill('amira');
    await page.getByLabel('Your work password').fill('a password');
    await page.keyboard.press('Enter');
    await page.getByLabel('New passphrase').fill('too short');
    await button(page, 'Set up this phone').click();
    await page.getByText('Use at least 12 characters').waitFor();
    expect(await asked(page, 'enrol')).toEqual([]);
    await page.getByLabel('New passphrase').fill('kettle orchard violin');
    await page.getByLabel('The same passphrase again').fill('kettle orchard violin');
    await button(page, 'Set up this phone').click();
    expect(await asked(page, 'enrol')).toEqual([
      ['enrol', { signIn: 'amira', password: 'a password', passphrase: 'kettle orchard violin' }],
    ]);
    await page.evaluate(() => {
      const { fake } = window as unknown as Faked;
      fake.status.set({ state: 'open', person: { professional: 'p', device: 'd', name: 'n', discipline: 'x' }, passkey: false, leaseEndsAt: 0, leaseDays: 14 });
    });
    await page.getByRole('heading', { name: 'This phone is set up' }).waitFor();
  });

  test('writing down goes on when the screen is left or locked, and stops when asked', async () => {
    const page = await stage.show('transcribe');
    await page.getByText('0:38 of 1:35 written down').waitFor();
    await page.evaluate(() => {
      const { fake } = window as unknown as Faked;
      const open = fake.status.get();
      fake.transcribe = () => Promise.reject(new Error('it was begun a second time'));
      fake.status.set({ state: 'locked', because: 'asked', passkey: false, waitMs: 0, recording: false, transcribing: true });
      setTimeout(() => fake.status.set(open), 50);
    });
    await page.getByText('0:38 of 1:35 written down').waitFor();
    await button(page, 'Stop').click();
    await page.getByText('The recording and what was written down so far are kept').waitFor();
  });

  test('coming back from reading it through opens the overview again', async () => {
    const page = await stage.show('attest');
    await page.evaluate(() => history.replaceState({ depth: 0 }, '', location.hash.replace('attest', 'check')));
    await page.evaluate(() => dispatchEvent(new PopStateEvent('popstate')));
    await button(page, 'Overview').click();
    await button(page, 'Read and complete').click();
    await button(page, 'Change something').click();
    await page.getByRole('heading', { name: 'Your entry', exact: true }).waitFor();
  });

  test('a new recording goes on into writing it down', async () => {
    const page = await stage.show('record-running');
    await button(page, 'Finish and write it down').click();
    await page.getByRole('heading', { name: 'Writing down what you said' }).waitFor();
  });

  test('a refused entry comes back as a draft', async () => {
    const page = await stage.show('refused');
    await button(page, 'Make it a draft again').click();
    await page.getByText('Step 1 of').waitFor();
    expect(await asked(page, 'resubmit')).toHaveLength(1);
  });

  test('in no state does a field let text out, or a title or address name anybody, or anything say “online”', async () => {
    const wrong: string[] = [];
    for (const [name, { story, act }] of Object.entries(ACTS)) {
      const page = await stage.show(story);
      await act?.(page);
      const found = await page.evaluate(() => {
        const faults: string[] = [];
        for (const field of document.querySelectorAll<HTMLElement>('input, textarea, select')) {
          const how = field.getAttribute('autocomplete');
          const type = field.getAttribute('type');
          if (type === 'checkbox' || type === 'radio') continue;
          if (how !== 'off' && how !== 'username' && how !== 'current-password') faults.push(`autocomplete ${how}`);
          if (field.tagName !== 'SELECT' && field.getAttribute('spellcheck') !== 'false') faults.push('spellcheck');
        }
        if (/Hartley|Mason|Ruby|Kelly|Amira/.test(document.title + location.href)) faults.push(`named: ${document.title}`);
        if (!document.title.endsWith(' – Family Workbook') && document.title !== 'Family Workbook') faults.push(`title: ${document.title}`);
        if (/\bonline\b/i.test(document.body.innerText)) faults.push('says online');
        return faults;
      });
      wrong.push(...found.map((it) => `${name}: ${it}`));
    }
    expect(wrong).toEqual([]);
  }, 120_000);

  test('everything that is tapped is at least 44 pixels high, save words within a text', async () => {
    const small = new Set<string>();
    for (const { story, act } of Object.values(ACTS)) {
      const page = await stage.show(story);
      await act?.(page);
      const found = await page.evaluate(() =>
        [...document.querySelectorAll<HTMLElement>('button:not(.mark, .card__link), a.govuk-button, .tile, select, summary, input:not([type=checkbox], [type=radio])')]
          .filter((it) => it.checkVisibility())
          .map((it) => ({ height: it.getBoundingClientRect().height, what: `${it.className || it.tagName} ${it.textContent?.slice(0, 30)}` }))
          .filter((it) => it.height > 0 && it.height < 43.5)
          .map((it) => `${it.what}: ${it.height}`),
      );
      for (const it of found) small.add(`${story} ${it}`);
    }
    expect([...small]).toEqual([]);
  }, 120_000);
});
