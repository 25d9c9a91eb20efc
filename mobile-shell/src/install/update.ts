/**
 * The service worker and its updates: a new version waits until the person agrees, and never comes
 * in the middle of a recording, a transcription, a sending, or of unsaved words.
 *
 * Everything that waits for the service worker has a time limit: where its registration failed, the
 * browser's own promise never ends.
 */

import { Problem } from '../core/errors';
import type { UpdateState } from '../core/states';
import { Watched } from '../core/watch';

/** What holds an update back. */
export type Hold = 'recording' | 'transcribing' | 'unsaved-draft' | 'sending';

/** What updates need from outside. */
export interface UpdateParts {
  serviceWorker: ServiceWorkerContainer | undefined;
  address: string;
  holds: () => Hold[];
  reload: () => void;
  /** Called when the service worker was woken because there may be a network. */
  onWake: () => void;
}

const LIMIT_MS = 10_000;
const STEP_MS = 100;
const LOOK_EVERY_MS = 60 * 60_000;
/** Name of the browser's background task that wakes the app when there is a network. */
const SYNC_TAG = 'workbook-sync';

/** The app's own updates. */
export class Updates {
  readonly state = new Watched<UpdateState>({ state: 'none' });
  readonly #parts: UpdateParts;
  #registration: ServiceWorkerRegistration | undefined;
  #applying = false;

  constructor(parts: UpdateParts) {
    this.#parts = parts;
  }

  /** Registers the service worker. A browser without one still runs the app, with network. */
  async start(): Promise<void> {
    const { serviceWorker, address, onWake } = this.#parts;
    if (serviceWorker === undefined) {
      return;
    }
    serviceWorker.addEventListener('controllerchange', () => {
      // The first one to take control of a fresh page changes nothing that runs.
      if (this.#applying) {
        this.#parts.reload();
      }
    });
    serviceWorker.addEventListener('message', (event) => {
      if ((event.data as { wake?: unknown } | null)?.wake === true) {
        onWake();
      }
    });
    try {
      const registration = await within(serviceWorker.register(address, { scope: '/', updateViaCache: 'none' }));
      this.#registration = registration;
      this.#look(registration);
      registration.addEventListener('updatefound', () => this.#look(registration));
      setInterval(() => void registration.update().catch(() => undefined), LOOK_EVERY_MS);
    } catch {
      // Without it the app needs a network to open; what is stored is as safe as ever.
    }
  }

  /** What holds an update back may have changed. */
  refresh(): void {
    if (this.#applying) {
      return;
    }
    if (this.#waiting === undefined) {
      this.state.set({ state: 'none' });
      return;
    }
    const by = this.#parts.holds();
    this.state.set(by.length === 0 ? { state: 'ready' } : { state: 'held', by });
  }

  /** The new version that waits. The very first one waits for a moment too, but there is none that it could replace. */
  get #waiting(): ServiceWorker | undefined {
    const { active, waiting } = this.#registration ?? {};
    return active == null ? undefined : (waiting ?? undefined);
  }

  /** Sending is all that holds an update back. */
  get #sends(): boolean {
    const holds = this.#parts.holds();
    return holds.length > 0 && holds.every((it) => it === 'sending');
  }

  /** Restarts into the new version. @throws Problem `busy` while something holds it back. */
  async apply(): Promise<void> {
    const waiting = this.#waiting;
    if (waiting === undefined) {
      throw new Problem('not-found', 'There is no new version at the moment.');
    }
    // Sending begins and ends by itself: nobody should have to press again because of it.
    for (let waited = 0; this.#sends && waited < LIMIT_MS; waited += STEP_MS) {
      await new Promise((resolve) => setTimeout(resolve, STEP_MS));
    }
    if (this.#parts.holds().length > 0) {
      this.refresh();
      throw new Problem('busy', 'The new version waits until you have finished what you are doing.');
    }
    this.#applying = true;
    this.state.set({ state: 'applying' });
    waiting.postMessage({ apply: true });
    await new Promise((resolve) => setTimeout(resolve, LIMIT_MS));
    // Still here: the new version did not take over. Everything goes on with the old one.
    this.#applying = false;
    this.refresh();
    throw new Problem('server', 'The new version could not be started. Close all tabs of the app and open it again.');
  }

  /** Asks the browser to wake the app when there is a network, where it can. */
  async wakeWhenThereIsANetwork(): Promise<void> {
    try {
      const { sync } = this.#registration as unknown as { sync?: { register(tag: string): Promise<void> } };
      await sync?.register(SYNC_TAG);
    } catch {
      // Refused or not there: the next opening sends what waits.
    }
  }

  #look(registration: ServiceWorkerRegistration): void {
    this.refresh();
    const fresh = registration.installing;
    fresh?.addEventListener('statechange', () => {
      this.refresh();
    });
  }
}

function within<T>(promise: Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error('took too long')), LIMIT_MS);
    promise.then(resolve, reject).finally(() => clearTimeout(timer));
  });
}
