/**
 * A draft on the screen: what is typed is kept at once behind the screen, and the core reviews each
 * version. While something is not kept yet, updates and other tabs wait (`hold`).
 */
import { useCallback, useEffect, useRef, useState } from 'preact/hooks';
import type { AppError } from '../../core/app';
import { useReach } from '../frame/context';
import type { Cast, EntryDraft, Kept, Review } from '../shapes';

/** Milliseconds without a key before a draft is written. */
const PAUSE = 400;

/** A draft being checked. */
export interface Desk {
  kept: Kept;
  review: Review;
  cast: Cast;
  change: (edit: (draft: EntryDraft) => EntryDraft) => void;
  changeKept: (edit: (kept: Kept) => Kept) => void;
  /** Writes what is not written yet; ends when it is stored. */
  flush: () => Promise<void>;
}

export type DraftReading =
  | { state: 'loading' }
  | { state: 'failed'; error: AppError; again: () => void }
  | { state: 'ready'; desk: Desk; error: AppError | undefined };

export function useDraft(id: string): DraftReading {
  const { app } = useReach();
  const [loaded, setLoaded] = useState<{ kept: Kept; review: Review; cast: Cast } | undefined>();
  const [failed, setFailed] = useState<AppError | undefined>();
  const [error, setError] = useState<AppError | undefined>();
  const newest = useRef<Kept | undefined>(undefined);
  const release = useRef<(() => void) | undefined>(undefined);
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);

  const load = useCallback(async () => {
    setFailed(undefined);
    try {
      const kept: Kept = await app.draft(id);
      const [review, cast] = await Promise.all([app.review(kept) as Promise<Review>, app.cast(kept.family)]);
      setLoaded({ kept, review, cast });
    } catch (cause) {
      setFailed(cause as AppError);
    }
  }, [app, id]);

  const flush = useCallback(async () => {
    clearTimeout(timer.current);
    const kept = newest.current;
    if (kept === undefined) return;
    await app.keep(kept);
    setError(undefined);
    if (newest.current === kept) {
      newest.current = undefined;
      release.current?.();
      release.current = undefined;
    }
  }, [app]);

  const changeKept = useCallback(
    (edit: (kept: Kept) => Kept) => {
      setLoaded((before) => {
        if (before === undefined) return before;
        const kept = edit(before.kept);
        newest.current = kept;
        release.current ??= app.hold();
        clearTimeout(timer.current);
        timer.current = setTimeout(() => void flush().catch(setError), PAUSE);
        void (app.review(kept) as Promise<Review>).then(
          (review) => setLoaded((now) => (now?.kept === kept ? { ...now, review } : now)),
          setError,
        );
        return { ...before, kept };
      });
    },
    [app, flush],
  );
  const change = useCallback(
    (edit: (draft: EntryDraft) => EntryDraft) => changeKept((kept) => ({ ...kept, draft: edit(kept.draft) })),
    [changeKept],
  );

  useEffect(() => {
    void load();
    const hidden = () => {
      if (document.visibilityState === 'hidden') void flush().catch(setError);
    };
    document.addEventListener('visibilitychange', hidden);
    return () => {
      document.removeEventListener('visibilitychange', hidden);
      void flush().catch(() => undefined);
    };
  }, [load, flush]);

  if (failed !== undefined) return { state: 'failed', error: failed, again: () => void load() };
  if (loaded === undefined) return { state: 'loading' };
  return { state: 'ready', desk: { ...loaded, change, changeKept, flush }, error };
}
