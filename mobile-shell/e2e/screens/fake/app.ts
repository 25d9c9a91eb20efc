/** A stand-in for the app, for stories and tests of the screens. Never in the shipped bundle. */
import type { App, AppError, RecordingCard } from '../../../src/core/app';
import type {
  InstallHint, ModelState, RecorderState, Status, StorageState, SyncState, UpdateState,
} from '../../../src/core/states';
import { Watched } from '../../../src/core/watch';
import type { Kept, Refused, Today } from '../../../src/screens/shapes';
import { kept, review } from './draft';
import { CARDS, CAST, CHRONOLOGY, DEVICE, DRAFT, ENTRIES, ENTRY, ENTRY_PAGE, FAMILY, ME, PAGE, PLAN, RECORDING, REFUSED } from './family';
import { TERMS } from './terms';

/** An error as the shell throws it. */
export function failure(code: string, message: string): AppError {
  return Object.assign(new Error(message), { code });
}

/** 22 November 2026, 10:42 in London: stories look the same on every day. */
export const NOW = Date.parse('2026-11-22T10:42:00Z');

const REFUSALS: Refused[] = [
  {
    id: REFUSED, document: 'd', family: FAMILY, familyName: 'Hartley', compartment: 'team', entry: ENTRY, can: ['draft', 'appendment'],
    refusal: { rule: 'unknown-reference', field: 'views/0/concern', message: 'It names a concern that is not in the workbook any more. Make it a draft again and choose the concern anew.' },
    refused: '2026-11-21T18:00:00Z', written: '2026-11-20T17:00:00Z',
    records: [{ record: `entries/${ENTRY}`, content: { kind: 'home-visit', outcome: 'took-place', occurred: { start: '2026-11-20T15:00:00' }, statements: [{ text: 'Kelly was tired and sad.', nature: 'observed-fact', about: [ME] }], nextContact: '2026-11-27', announced: true } }],
  },
];
const CARD: RecordingCard = { id: RECORDING, family: FAMILY, begunAt: NOW - 3_600_000, seconds: 95, finished: true, transcribedSeconds: 0, transcribed: false };

/** Everything can be overridden by a story. */
export type FakeApp = { -readonly [K in keyof App]: App[K] } & {
  status: Watched<Status>; sync: Watched<SyncState>; model: Watched<ModelState>; storage: Watched<StorageState>;
  update: Watched<UpdateState>; install: Watched<InstallHint>; recorder: App['recorder'] & { state: Watched<RecorderState>; level: Watched<number> };
  /** What was asked for, in order: names of calls with their arguments. */
  asked: [string, ...unknown[]][];
  store: { kept: Kept; today: Today; recordings: RecordingCard[]; refused: Refused[] };
};

export function fakeApp(): FakeApp {
  const asked: FakeApp['asked'] = [];
  const listeners = new Set<() => void>();
  const store: FakeApp['store'] = {
    kept: kept(), recordings: [CARD], refused: REFUSALS,
    today: { day: '2026-11-22', families: CARDS, drafts: [], refused: REFUSALS, waiting: 2, damaged: [] },
  };
  store.today.drafts = [{ id: DRAFT, family: FAMILY, familyName: 'Hartley', day: '2026-11-22', begun: '2026-11-22T10:00:00Z', compartment: 'team', review: review(store.kept), recording: RECORDING }];
  const note = (name: string, ...args: unknown[]): Promise<void> => {
    asked.push([name, ...args]);
    return Promise.resolve();
  };
  const changed = () => listeners.forEach((listener) => listener());
  const status = new Watched<Status>({ state: 'open', person: { professional: ME, device: DEVICE, name: 'Amira Khan', discipline: 'childrens-social-worker' }, passkey: false, leaseEndsAt: NOW + 12 * 86_400_000, leaseDays: 14 });
  const state = new Watched<RecorderState>({ state: 'idle' });
  const app: FakeApp = {
    asked, store, status,
    sync: new Watched<SyncState>({ running: false, waiting: 2, refused: 1, entries: { [ENTRY]: 'on-this-phone' }, lastContact: NOW }),
    model: new Watched<ModelState>({ state: 'ready', bytes: 32e6, total: 32e6, name: 'tiny.en-q5_1' }),
    storage: new Watched<StorageState>({ persistent: 'yes', used: 48e6, quota: 2e9, full: false }),
    update: new Watched<UpdateState>({ state: 'none' }),
    install: new Watched<InstallHint>({ kind: 'installed' }),
    recorder: {
      state, level: new Watched(0.3),
      start: async (family) => {
        state.set({ state: 'recording', recording: RECORDING, family, seconds: 0, stored: 0, screenStaysOn: true });
        return RECORDING;
      },
      goOn: async (recording) => recording,
      pause: async () => {
        const now = state.get();
        if ('recording' in now) state.set({ ...now, state: 'paused' } as RecorderState);
      },
      resume: async () => {
        const now = state.get();
        if ('recording' in now) state.set({ ...now, state: 'recording' } as RecorderState);
      },
      stop: async () => {
        state.set({ state: 'idle' });
        return CARD;
      },
    },
    onChange: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    waysIn: () => Promise.resolve({ provider: true }),
    enrol: (enrolment) => note('enrol', enrolment),
    unlock: (how) => note('unlock', how),
    lock: () => note('lock'),
    touched: () => undefined,
    addPasskey: (passphrase) => note('addPasskey', passphrase),
    passkeyPossible: () => Promise.resolve(true),
    changePassphrase: (old, fresh) => note('changePassphrase', old, fresh),
    takeOver: () => note('takeOver'),
    forget: () => note('forget'),
    rescueExport: () => Promise.resolve(new Blob(['sealed'])),
    askToPersist: () => note('askToPersist'),
    terms: () => Promise.resolve(TERMS),
    today: () => Promise.resolve(store.today),
    family: () => Promise.resolve(PAGE),
    chronology: () => Promise.resolve(CHRONOLOGY),
    entries: () => Promise.resolve(ENTRIES),
    entry: () => Promise.resolve(ENTRY_PAGE),
    plan: () => Promise.resolve(PLAN),
    cast: () => Promise.resolve(CAST),
    recordings: () => Promise.resolve(store.recordings),
    transcribe: () => new Promise(() => undefined),
    transcript: () => Promise.resolve(undefined),
    sound: () => Promise.resolve({ sampleRate: 16000, samples: new Float32Array(16000) }),
    play: (recording, from, to) => note('play', recording, from, to),
    discardRecording: (recording) => {
      store.recordings = store.recordings.filter((it) => it.id !== recording);
      changed();
      return note('discardRecording', recording);
    },
    fetchModel: () => note('fetchModel'),
    compose: async (family, from) => {
      await note('compose', family, from);
      return { kept: store.kept, review: review(store.kept) };
    },
    begin: async (family, kind) => {
      await note('begin', family, kind);
      return { kept: store.kept, review: review(store.kept) };
    },
    drafts: () => Promise.resolve(store.today.drafts),
    draft: () => Promise.resolve(store.kept),
    keep: (draft) => {
      store.kept = structuredClone(draft);
      return note('keep', store.kept);
    },
    discard: (id) => note('discard', id),
    review: (draft) => Promise.resolve(review(draft)),
    complete: (id) => note('complete', id),
    append: (...args) => note('append', ...args),
    settle: (...args) => note('settle', ...args),
    actionNews: (...args) => note('actionNews', ...args),
    syncNow: () => note('syncNow'),
    refused: () => Promise.resolve(store.refused),
    seenErased: () => Promise.resolve(),
    resubmit: async (id, as) => {
      await note('resubmit', id, as);
      return { draft: DRAFT };
    },
    hold: () => () => undefined,
    applyUpdate: () => note('applyUpdate'),
    installNow: () => note('installNow'),
  };
  return app;
}
