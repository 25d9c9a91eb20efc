/**
 * Transcriptions under way. They belong to the app and not to the screen: leaving the screen or locking
 * does not stop them, and coming back finds them. Only the person stops one.
 */
import type { App, TranscriptionProgress } from '../../core/app';
import { type Watchable, Watched } from '../../core/watch';

/** One recording that is being written down. */
export interface Writing {
  progress: Watchable<TranscriptionProgress | undefined>;
  /** Ends when the transcript is stored; rejects with an `AppError`. */
  done: Promise<void>;
  stop: () => void;
}

const underWay = new WeakMap<App, Map<string, Writing>>();

/** The transcription of a recording: the one under way, else begun now. */
export function writing(app: App, id: string): Writing {
  const all = underWay.get(app) ?? new Map<string, Writing>();
  underWay.set(app, all);
  const before = all.get(id);
  if (before !== undefined) return before;
  const progress = new Watched<TranscriptionProgress | undefined>(undefined);
  const controller = new AbortController();
  const done = app
    .transcribe(id, (news) => progress.set(news), controller.signal)
    .then(() => undefined)
    .finally(() => all.delete(id));
  // Whoever looks handles a failure; when nobody looks it must not be an unhandled one.
  done.catch(() => undefined);
  const mine: Writing = { progress, done, stop: () => controller.abort() };
  all.set(id, mine);
  return mine;
}
