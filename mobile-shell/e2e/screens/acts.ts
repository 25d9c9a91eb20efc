/** States that are reached by doing something: a story to begin with, and what is done in it. */
import type { Page } from 'playwright-core';
import { STORIES } from './fake/stories';

export interface Act {
  story: string;
  act?: (page: Page) => Promise<void>;
}

const press = (name: string | RegExp) => async (page: Page) => {
  await page.getByRole('button', { name, exact: true }).first().click();
};
const openParts = async (page: Page) => {
  await page.getByRole('button', { name: 'Overview' }).click();
  for (const summary of await page.locator('details > summary').all()) await summary.click();
};

/** Everything that is looked at: all stories, and the states behind a button. */
export const ACTS: Record<string, Act> = {
  ...Object.fromEntries(Object.keys(STORIES).map((story) => [story, { story }])),
  'gate-new-faults': { story: 'gate-new', act: press('Continue') },
  'gate-new-council-passphrase': { story: 'gate-new-council', act: press('Set up this phone') },
  'gate-new-passphrase': {
    story: 'gate-new',
    act: async (page) => {
      await page.getByLabel('Your work sign-in name').fill('amira');
      await page.getByLabel('Your work password').fill('not a real password');
      await press('Continue')(page);
      await press('Set up this phone')(page);
      await page.getByText('Why a passphrase').click();
    },
  },
  'gate-locked-forgotten': { story: 'gate-locked', act: async (page) => page.getByText('I forgot my passphrase').click() },
  'record-help': { story: 'record', act: async (page) => page.getByText('What helps to say').click() },
  'transcribe-stopped': { story: 'transcribe', act: press('Stop') },
  'type-form': { story: 'type', act: press('Fill in an empty form instead') },
  'check-sheet': { story: 'check-read', act: press('Check the first') },
  'check-sheet-number': { story: 'check-read', act: press(/seven/) },
  'check-marks': { story: 'check-read', act: async (page) => page.getByText('What the marks mean').click() },
  'check-changed': {
    story: 'check-read',
    act: async (page) => {
      await press(/Nan/)(page);
      await page.getByLabel('Change it to').fill('Nana Jean');
      await press('Change it')(page);
      await page.getByRole('button', { name: 'Close' }).click();
    },
  },
  'check-overview': { story: 'check-unsaid', act: press('Overview') },
  'check-overview-open': { story: 'check-unsaid', act: openParts },
  'attest-ticked': { story: 'attest', act: async (page) => page.getByRole('checkbox').last().check() },
  'append-faults': { story: 'append', act: press('Add it') },
  'waiting-delete': { story: 'waiting', act: press(/Delete/) },
  'settle-neither': { story: 'settle', act: async (page) => page.getByLabel('Neither').check() },
  'entry-origins': { story: 'entry', act: async (page) => page.getByText('Where this came from').click() },
};
