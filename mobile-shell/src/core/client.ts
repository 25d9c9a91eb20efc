/**
 * `App` in the page: passes calls to the worker, and does what only a page can do (microphone,
 * passkeys, installation, updates, playing sound). It keeps nothing of the record.
 */

import { Installation } from '../install/hint';
import { type Hold, Updates } from '../install/update';
import { browserMicrophone } from '../speech/microphone';
import { play } from '../speech/player';
import { SealedRecorder } from '../speech/recorder';
import { browserScreen } from '../speech/wake-lock';
import { makePasskey, openPasskey, passkeyPossible } from '../vault/passkey';
import type { App } from './app';
import { asProblem, Problem } from './errors';
import { type CallOptions, Remote } from './rpc';
import type { ModelState, Status, StorageState, SyncState } from './states';
import { Watched } from './watch';

/** Between two touches that are told to the worker, in milliseconds. */
const TOUCH_GAP_MS = 5_000;
const GONE = 'The app had to restart. What you had saved is still here: open it again.';

/** Starts the worker and connects to it. One per page. */
export function connect(): App {
  const status = new Watched<Status>({ state: 'starting' });
  const sync = new Watched<SyncState>({ running: false, waiting: 0, refused: 0, entries: {} });
  const model = new Watched<ModelState>({ state: 'missing', bytes: 0, total: 0 });
  const storage = new Watched<StorageState>({ persistent: 'unknown', full: false });
  const listeners = new Set<() => void>();
  let holds = 0;
  let transcribing = 0;
  let touchedAt = Number.NEGATIVE_INFINITY;
  let worker: Worker;
  let remote: Remote;

  const hear = (event: string, value: unknown) => {
    if (event === 'status') status.set(value as Status);
    else if (event === 'sync') sync.set(value as SyncState);
    else if (event === 'model') model.set(value as ModelState);
    else if (event === 'changed') for (const listener of [...listeners]) listener();
    else if (event === 'restart') restart();
  };
  const begin = () => {
    try {
      worker = new Worker(new URL('./worker.ts', import.meta.url), { type: 'module', name: 'workbook' });
    } catch (cause) {
      status.set({ state: 'unsupported', missing: 'worker', message: asProblem(cause).message });
      throw cause;
    }
    remote = new Remote(worker, hear);
    worker.addEventListener('error', (event) => {
      event.preventDefault();
      if (status.get().state === 'starting') {
        status.set({
          state: 'unsupported',
          missing: 'worker',
          message: 'The app could not start in this browser. Update the browser, or use an up-to-date Chrome, Edge or Safari.',
        });
      }
    });
  };
  const restart = () => {
    worker.terminate();
    remote.fail(new Problem('core-broken', GONE));
    status.set({ state: 'starting' });
    begin();
  };
  begin();

  const call = async <T>(name: string, args: unknown[] = [], options?: CallOptions): Promise<T> => {
    try {
      return await remote.call<T>(name, args, options);
    } catch (cause) {
      const problem = asProblem(cause);
      if (problem.code === 'storage-full') {
        storage.set({ ...storage.get(), full: true });
      }
      throw problem;
    }
  };

  const recorder = new SealedRecorder({
    microphone: browserMicrophone,
    screen: browserScreen(),
    later: (ms, then) => void setTimeout(then, ms),
    sink: {
      begin: (family) => call('recordingBegin', [family]),
      goOn: (id) => call('recordingGoOn', [id]),
      store: async (id, second, pcm) => {
        await call('recordingStore', [id, second, pcm]);
        if (storage.get().full) {
          storage.set({ ...storage.get(), full: false });
        }
      },
      finish: (id) => call('recordingFinish', [id]),
      rest: (id) => call('recordingRest', [id]),
    },
  });

  const updates = new Updates({
    serviceWorker: import.meta.env.DEV ? undefined : navigator.serviceWorker,
    address: '/sw.js',
    holds: () => {
      const by: Hold[] = [];
      if (recorder.isBusy) by.push('recording');
      if (transcribing > 0) by.push('transcribing');
      if (holds > 0) by.push('unsaved-draft');
      if (sync.get().running) by.push('sending');
      return by;
    },
    reload: () => location.reload(),
    onWake: () => void call('hint').catch(() => undefined),
  });
  const installation = new Installation(window);
  const look = () => updates.refresh();
  recorder.state.watch(look);
  let warmedFor: string | undefined;
  recorder.state.watch((at) => {
    // The engine gets ready while the person still speaks.
    if (at.state === 'recording' && at.recording !== warmedFor) {
      warmedFor = at.recording;
      void call('warmUp').catch(() => undefined);
    }
  });
  sync.watch((state) => {
    look();
    if (state.waiting > 0 && !state.running && state.problem !== undefined) {
      void updates.wakeWhenThereIsANetwork();
    }
  });
  const measure = async () => {
    try {
      const { usage, quota } = await navigator.storage.estimate();
      const persistent = (await navigator.storage.persisted()) ? 'yes' : storage.get().persistent === 'refused' ? 'refused' : 'unknown';
      storage.set({ full: storage.get().full, persistent, ...(usage === undefined ? {} : { used: usage }), ...(quota === undefined ? {} : { quota }) });
    } catch {
      // Older browsers don't say.
    }
  };
  const hint = () => void call('hint').catch(() => undefined);
  window.addEventListener('online', hint);
  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState === 'hidden') {
      recorder.flush();
    } else {
      hint();
      void measure();
    }
  });
  window.addEventListener('pagehide', () => recorder.flush());
  window.addEventListener('beforeunload', (event) => {
    if (holds > 0 || recorder.isBusy) {
      event.preventDefault();
    }
  });
  void updates.start();
  void measure();
  status.watch(({ state }) => {
    if (state === 'open') {
      void call('modelState').catch(() => undefined);
    }
    if (state === 'wiped' || state === 'elsewhere' || state === 'new') {
      recorder.forsake();
    }
  });

  return {
    status,
    sync,
    model,
    storage,
    update: updates.state,
    install: installation.hint,
    recorder,
    onChange(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },

    enrol: (enrolment) => call('enrol', [enrolment]),
    async unlock(how) {
      if ('passphrase' in how) {
        return call('unlock', [how]);
      }
      const { credential, secret } = await openPasskey(await call('passkeys'));
      return call('unlock', [{ credential, secret }]);
    },
    lock: () => call('lock'),
    touched() {
      const now = performance.now();
      if (now - touchedAt > TOUCH_GAP_MS) {
        touchedAt = now;
        void call('touched').catch(() => undefined);
      }
    },
    addPasskey: async (passphrase) => call('addPasskey', [passphrase, await makePasskey()]),
    passkeyPossible,
    changePassphrase: (old, fresh) => call('changePassphrase', [old, fresh]),
    takeOver: () => call('takeOver'),
    forget: () => call('forget'),
    rescueExport: (passphrase) => call('rescueExport', [passphrase]),
    async askToPersist() {
      const kept = await navigator.storage?.persist?.().catch(() => false);
      storage.set({ ...storage.get(), persistent: kept === true ? 'yes' : 'refused' });
    },

    terms: () => call('terms'),
    today: () => call('today'),
    family: (family) => call('family', [family]),
    chronology: (family) => call('chronology', [family]),
    entries: (family) => call('entries', [family]),
    entry: (family, entry) => call('entry', [family, entry]),
    plan: (family) => call('plan', [family]),
    cast: (family) => call('cast', [family]),

    recordings: () => call('recordings'),
    async transcribe(recording, onProgress, signal) {
      transcribing += 1;
      look();
      try {
        return await call('transcribe', [recording], { onProgress: onProgress as CallOptions['onProgress'], signal });
      } finally {
        transcribing -= 1;
        look();
        void call('speechRest').catch(() => undefined);
      }
    },
    transcript: (recording) => call('transcript', [recording]),
    sound: (recording, from, to) => call('sound', [recording, from, to]),
    play: async (recording, from, to, signal) => play(await call('sound', [recording, from, to]), signal),
    discardRecording: (recording) => call('discardRecording', [recording]),
    fetchModel: (signal) => call('fetchModel', [], { signal }),

    compose: (family, from, recordedOn) => call('compose', [family, from, recordedOn]),
    begin: (family, kind) => call('begin', [family, kind]),
    drafts: () => call('drafts'),
    draft: (id) => call('draft', [id]),
    keep: (kept) => call('keep', [kept]),
    discard: (id) => call('discard', [id]),
    review: (kept) => call('review', [kept]),
    complete: (id) => call('complete', [id]),
    append: (family, entry, reason, text) => call('append', [family, entry, reason, text]),
    settle: (family, person, field, value, supersedes) => call('settle', [family, person, field, value, supersedes]),
    actionNews: (family, news) => call('actionNews', [family, news]),

    syncNow: () => call('syncNow'),
    refused: () => call('refused'),
    seenErased: () => call('seenErased'),
    resubmit: (id, as) => call('resubmit', [id, as]),

    hold() {
      holds += 1;
      look();
      void call('held', [true]).catch(() => undefined);
      let released = false;
      return () => {
        if (!released) {
          released = true;
          holds -= 1;
          look();
          void call('held', [holds > 0]).catch(() => undefined);
        }
      };
    },
    applyUpdate: () => updates.apply(),
    installNow: () => installation.now(),
  };
}
