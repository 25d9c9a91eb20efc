/** Every screen in every state that it can be in: looked at, checked by axe, and drawn at each size. */
import { kept, review } from './draft';
import { failure, type FakeApp, NOW } from './app';
import { ACTION, DRAFT, ENTRY, ENTRY_PAGE, FAMILY, PAGE, RECORDING, REFUSED } from './family';

export interface Story {
  hash: string;
  set?: (app: FakeApp) => void;
}

const never = () => new Promise<never>(() => undefined);
const broken = () => Promise.reject(failure('core-broken', 'The workbook could not be read just now. Close the app and open it again.'));
const running = { recording: RECORDING, family: FAMILY, seconds: 65, stored: 64, screenStaysOn: true };
const ready = (app: FakeApp) => {
  const it = kept();
  delete it.draft.unsaid;
  it.draft.entry.kind = 'statutory-visit-cp';
  it.draft.entry.occurred = { start: '2026-11-22T16:00:00' };
  it.marks = it.marks.map((mark) => ({ ...mark, settled: true }));
  it.draft.entry.immediateSafety = 'no-concern';
  app.store.kept = it;
  app.store.today.drafts[0]!.review = review(it);
};
const locked = { state: 'locked', because: 'start', passkey: false, waitMs: 0, recording: false, transcribing: false } as const;

export const STORIES: Record<string, Story> = {
  'gate-starting': { hash: '', set: (app) => app.status.set({ state: 'starting' }) },
  'gate-new': { hash: '', set: (app) => app.status.set({ state: 'new' }) },
  'gate-new-council': {
    hash: '',
    set: (app) => {
      app.status.set({ state: 'new' });
      app.waysIn = () => Promise.resolve({ provider: true, justSignedIn: 'Amira Khan' });
    },
  },
  'gate-locked': { hash: '', set: (app) => app.status.set({ ...locked }) },
  'gate-locked-passkey-recording': { hash: '', set: (app) => app.status.set({ ...locked, because: 'idle', passkey: true, recording: true, transcribing: true }) },
  'gate-locked-wait': { hash: '', set: (app) => app.status.set({ ...locked, waitMs: 30000 }) },
  'gate-lease-over': { hash: '', set: (app) => app.status.set({ state: 'lease-over', unlocked: false, passkey: true, leaseDays: 14, waitMs: 0 }) },
  'gate-wiped': { hash: '', set: (app) => app.status.set({ state: 'wiped', at: NOW, unsent: 2 }) },
  'gate-elsewhere': { hash: '', set: (app) => app.status.set({ state: 'elsewhere', busy: false }) },
  'gate-elsewhere-busy': { hash: '', set: (app) => app.status.set({ state: 'elsewhere', busy: true }) },
  'gate-storage-off': { hash: '', set: (app) => app.status.set({ state: 'storage-off', message: 'This window is private, or the browser blocks storage.' }) },
  'gate-unsupported': { hash: '', set: (app) => app.status.set({ state: 'unsupported', missing: 'wasm', message: 'WebAssembly is switched off.' }) },
  'open-terms-loading': { hash: '', set: (app) => { app.terms = never; } },
  'open-terms-error': { hash: '', set: (app) => { app.terms = broken; } },
  today: { hash: '#/today' },
  setup: { hash: '#/setup', set: (app) => { app.model.set({ state: 'missing', bytes: 0, total: 32e6 }); app.install.set({ kind: 'android-menu' }); } },
  'today-loading': { hash: '#/today', set: (app) => { app.today = never; } },
  'today-error': { hash: '#/today', set: (app) => { app.today = broken; } },
  'today-empty': { hash: '#/today', set: (app) => { app.store.today = { ...app.store.today, families: [], drafts: [], refused: [], damaged: [{ key: 'draft/1', why: 'It cannot be read.' }] }; app.store.recordings = []; } },
  'today-update-install': { hash: '#/today', set: (app) => { app.update.set({ state: 'ready' }); app.install.set({ kind: 'ios-safari' }); app.sync.set({ ...app.sync.get(), clockOffMs: 86_400_000 }); } },
  'today-full': { hash: '#/today', set: (app) => app.storage.set({ persistent: 'yes', full: true }) },
  'today-prompt': { hash: '#/today', set: (app) => { app.install.set({ kind: 'prompt' }); app.sync.set({ ...app.sync.get(), running: true }); } },
  prepare: { hash: `#/prepare/${FAMILY}` },
  'prepare-loading': { hash: `#/prepare/${FAMILY}`, set: (app) => { app.family = never; } },
  'prepare-error': { hash: `#/prepare/${FAMILY}`, set: (app) => { app.family = broken; } },
  'prepare-empty': { hash: `#/prepare/${FAMILY}`, set: (app) => { app.family = () => Promise.resolve({ ...PAGE, prepare: { workerSafety: [], safetyPlans: [], prompts: [], children: [], actions: [], said: [] } }); } },
  family: { hash: `#/family/${FAMILY}` },
  'family-error': { hash: `#/family/${FAMILY}`, set: (app) => { app.family = broken; } },
  'family-empty': { hash: `#/family/${FAMILY}`, set: (app) => { app.family = () => Promise.resolve({ ...PAGE, disagreements: [], own: [], summary: { asOf: '2026-11-22', workersSafety: [], safetyPlans: [], prompts: [], periods: [], contacts: [], children: [], strengths: [], concerns: [], readings: [], tools: [], direction: [], supervisions: [], decisions: [], goals: [], actions: [], chapters: [], gaps: [] } }); } },
  chapters: { hash: `#/chapters/${FAMILY}` },
  chronology: { hash: `#/chronology/${FAMILY}` },
  'chronology-empty': { hash: `#/chronology/${FAMILY}`, set: (app) => { app.chronology = () => Promise.resolve({ events: [], unreadable: [] }); } },
  entries: { hash: `#/entries/${FAMILY}` },
  'entries-empty': { hash: `#/entries/${FAMILY}`, set: (app) => { app.entries = () => Promise.resolve([]); } },
  plan: { hash: `#/plan/${FAMILY}` },
  settle: { hash: `#/settle/${FAMILY}` },
  action: { hash: `#/action/${FAMILY}/${ACTION}` },
  entry: { hash: `#/entry/${FAMILY}/${ENTRY}` },
  'entry-refused': { hash: `#/entry/${FAMILY}/${ENTRY}`, set: (app) => app.sync.set({ ...app.sync.get(), entries: { [ENTRY]: 'refused' } }) },
  'entry-withdrawn': { hash: `#/entry/${FAMILY}/${ENTRY}`, set: (app) => { app.entry = () => Promise.resolve({ ...ENTRY_PAGE, line: { ...ENTRY_PAGE.line, mine: false, compartment: 'victim-safe' }, withdrawal: { reason: 'Written for the wrong family.', author: 'Morgan Lee', at: '2026-11-07T09:00:00Z' } }); } },
  'entry-error': { hash: `#/entry/${FAMILY}/${ENTRY}`, set: (app) => { app.entry = broken; } },
  append: { hash: `#/append/${FAMILY}/${ENTRY}` },
  record: { hash: `#/record/${FAMILY}` },
  'record-cut-off': { hash: `#/record/${FAMILY}`, set: (app) => { app.store.recordings = [{ ...app.store.recordings[0]!, finished: false }]; } },
  'record-asking': { hash: `#/record/${FAMILY}`, set: (app) => app.recorder.state.set({ state: 'asking' }) },
  'record-running': { hash: `#/record/${FAMILY}`, set: (app) => app.recorder.state.set({ state: 'recording', ...running, screenStaysOn: false }) },
  'record-paused': { hash: `#/record/${FAMILY}`, set: (app) => app.recorder.state.set({ state: 'paused', ...running }) },
  'record-interrupted': { hash: `#/record/${FAMILY}`, set: (app) => app.recorder.state.set({ state: 'interrupted', why: 'microphone-taken', ...running }) },
  'record-full': { hash: `#/record/${FAMILY}`, set: (app) => app.recorder.state.set({ state: 'storage-full', heldSeconds: 8, ...running }) },
  'record-denied': { hash: `#/record/${FAMILY}`, set: (app) => app.recorder.state.set({ state: 'refused', why: 'denied', message: 'The browser does not let the app use the microphone.' }) },
  'record-other-family': { hash: '#/record/other', set: (app) => app.recorder.state.set({ state: 'recording', ...running }) },
  transcribe: { hash: `#/transcribe/${RECORDING}`, set: (app) => { app.transcribe = (_, tell) => { tell?.({ seconds: 38, total: 95, text: 'This was a visit to the Hartleys at home. Mason opened the door and showed me his room.', secondsLeft: 24 }); return never(); }; } },
  'transcribe-begin': { hash: `#/transcribe/${RECORDING}` },
  'transcribe-error': { hash: `#/transcribe/${RECORDING}`, set: (app) => { app.transcribe = () => Promise.reject(failure('failed', 'The phone ran out of memory. Close other apps and go on.')); } },
  'transcribe-no-model': { hash: `#/transcribe/${RECORDING}`, set: (app) => app.model.set({ state: 'missing', bytes: 0, total: 32e6 }) },
  'transcribe-fetching': { hash: `#/transcribe/${RECORDING}`, set: (app) => app.model.set({ state: 'fetching', bytes: 12e6, total: 32e6 }) },
  'transcribe-corrupt': { hash: `#/transcribe/${RECORDING}`, set: (app) => app.model.set({ state: 'corrupt', bytes: 32e6, total: 32e6 }) },
  'transcribe-too-weak': { hash: `#/transcribe/${RECORDING}`, set: (app) => app.model.set({ state: 'too-weak', bytes: 0, total: 32e6 }) },
  'transcribe-gone': { hash: '#/transcribe/none' },
  type: { hash: `#/type/${FAMILY}` },
  'check-unsaid': { hash: `#/check/${DRAFT}` },
  'check-read': { hash: `#/check/${DRAFT}`, set: (app) => { delete app.store.kept.draft.unsaid; } },
  'check-people': { hash: `#/check/${DRAFT}`, set: (app) => { ready(app); app.store.kept.text = ''; app.store.kept.marks = []; } },
  'check-held': { hash: `#/check/${DRAFT}`, set: (app) => { app.store.kept.asked = 'health'; app.store.kept.compartment = 'health'; app.store.kept.mustNotShareWith = ['Daniel Sadler']; app.review = (it) => Promise.resolve({ ...review(it), held: 'It asks for a restricted part that this phone does not hold. Ask your manager to make you a member of it.', canComplete: false }); } },
  'check-error': { hash: `#/check/${DRAFT}`, set: (app) => { app.draft = broken; } },
  attest: { hash: `#/attest/${DRAFT}`, set: ready },
  'attest-late': { hash: `#/attest/${DRAFT}`, set: (app) => { ready(app); app.review = (it) => Promise.resolve({ ...review(it), state: 'timed-out', lateDays: 4 }); } },
  done: { hash: `#/done/${FAMILY}/${ENTRY}` },
  'done-sent': { hash: `#/done/${FAMILY}/${ENTRY}`, set: (app) => app.sync.set({ ...app.sync.get(), waiting: 0, entries: { [ENTRY]: 'in-the-workbook' } }) },
  waiting: { hash: '#/waiting' },
  'waiting-late': { hash: '#/waiting', set: (app) => { ready(app); app.store.today.drafts[0]!.review.lateDays = 3; app.store.recordings[0]!.finished = false; app.store.recordings[0]!.transcribedSeconds = 30; } },
  'waiting-empty': { hash: '#/waiting', set: (app) => { app.store.today = { ...app.store.today, drafts: [], refused: [] }; app.store.recordings = []; } },
  refused: { hash: `#/refused/${REFUSED}` },
  'refused-gone-family': { hash: `#/refused/${REFUSED}`, set: (app) => { app.store.refused = [{ ...app.store.refused[0]!, can: [] }]; } },
  'refused-settled': { hash: '#/refused/none' },
  settings: { hash: '#/settings' },
  'settings-full': { hash: '#/settings', set: (app) => app.storage.set({ persistent: 'refused', full: true }) },
  passkey: { hash: '#/passkey' },
  'passkey-impossible': { hash: '#/passkey', set: (app) => { app.passkeyPossible = () => Promise.resolve(false); } },
  passphrase: { hash: '#/passphrase' },
  model: { hash: '#/model' },
  rescue: { hash: '#/rescue' },
  'sign-out': { hash: '#/signOut' },
  'sign-out-clean': { hash: '#/signOut', set: (app) => { app.store.today = { ...app.store.today, drafts: [], refused: [] }; app.store.recordings = []; app.sync.set({ ...app.sync.get(), waiting: 0, refused: 0 }); } },
};
