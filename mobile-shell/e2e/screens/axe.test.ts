/** Every screen and state has no violation of WCAG 2.2 A and AA that axe can find, by light and by dark. */
import AxeBuilder from '@axe-core/playwright';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ACTS } from './acts';
import { PHONE, Stage, type Taste } from './browser';

const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
const wanted = (process.env.STORIES ?? '').split(',').filter((it) => it !== '');
const acts = Object.entries(ACTS).filter(([name]) => wanted.length === 0 || wanted.includes(name));
/** One page without frames: the way of running without a second page takes less time. */
const axe = (page: Page) => new AxeBuilder({ page }).setLegacyMode();

/** Runs in the page: buttons, fields and cards of which nothing would be seen but their text. */
function edgeless(): string[] {
  const shown = [...document.querySelectorAll<HTMLElement>('button:not(.card__link, .mark), a.govuk-button, input:not([type=checkbox], [type=radio]), select, textarea, .card, dialog[open]')];
  return shown
    .filter((it) => it.checkVisibility() && it.getBoundingClientRect().height > 1)
    .filter((it) => {
      const { borderTopStyle, borderBottomStyle, borderLeftStyle, outlineStyle, textDecorationLine } = getComputedStyle(it);
      const drawn = [borderTopStyle, borderBottomStyle, borderLeftStyle, outlineStyle].some((style) => style !== 'none' && style !== 'hidden');
      return !drawn && !textDecorationLine.includes('underline');
    })
    .map((it) => `${it.tagName.toLowerCase()}.${it.className} ${it.textContent?.trim().slice(0, 30)}`);
}

describe('screens', () => {
  let stage: Stage;
  beforeAll(async () => {
    stage = await Stage.open();
  }, 120_000);
  afterAll(() => stage.close());

  describe('axe finds nothing', () => {
    test.each(acts)('%s', async (_, { story, act }) => {
      const found: string[] = [];
      const page = await stage.show(story);
      await act?.(page);
      // What happens to lie half behind the bar at the bottom can be scrolled out: axe would call it too small.
      await page.evaluate(() => document.querySelector('.tabs, .actions')?.setAttribute('style', 'position: static'));
      const note = (scheme: string, violations: Awaited<ReturnType<AxeBuilder['analyze']>>['violations']) => {
        for (const it of violations) {
          found.push(`${scheme} ${it.id}: ${it.nodes.map((node) => `${node.target.join(' ')} ${node.failureSummary}`).join(' | ')}`);
        }
      };
      note('light', (await axe(page).withTags(RULES).analyze()).violations);
      await page.emulateMedia({ colorScheme: 'dark' });
      // Only colours differ in the dark.
      note('dark', (await axe(page).withRules(['color-contrast', 'link-in-text-block']).analyze()).violations);
      // With colours of the person's own, what was told by a colour or a shadow must be there all the same.
      await page.emulateMedia({ colorScheme: 'light', forcedColors: 'active' });
      note('forced', (await axe(page).withRules(['color-contrast', 'link-in-text-block']).analyze()).violations);
      found.push(...(await page.evaluate(edgeless)).map((it) => `forced: no edge is left of ${it}`));
      await page.emulateMedia({ colorScheme: 'light', forcedColors: 'none' });
      expect(found).toEqual([]);
      stage.check();
    });
  });

  const tastes: [string, Taste][] = [
    ['on the smallest phone', { width: 320, height: 640 }],
    ['with text of double size', { ...PHONE, text: 2 }],
  ];
  test.each(tastes)('nothing has to be scrolled sideways %s', async (_, taste) => {
    const wide: string[] = [];
    for (const [name, { story, act }] of acts) {
      const page = await stage.show(story, taste);
      await act?.(page);
      const width = await page.evaluate(() => document.documentElement.scrollWidth);
      if (width > taste.width) wide.push(`${name}: ${width}`);
    }
    expect(wide).toEqual([]);
  }, 300_000);
});
