/** Hooks: a changing value of the app, something to be read from it, and something under way. */
import { useCallback, useEffect, useRef, useState } from 'preact/hooks';
import type { AppError, Watchable } from '../../core/app';

/** The newest value, drawn again with each new one. */
export function useWatch<T>(watchable: Watchable<T>): T {
  const [value, setValue] = useState<T>(() => watchable.get());
  useEffect(() => watchable.watch((next) => setValue(() => next)), [watchable]);
  return value;
}

/** What a reading has come to. */
export type Reading<T> =
  | { state: 'loading' }
  | { state: 'failed'; error: AppError; again: () => void }
  | { state: 'ready'; value: T; again: () => void };

/**
 * Reads when drawn, when `deps` change, and when the app says that something changed. While it reads
 * again, what was read before stays on the screen.
 */
export function useReading<T>(
  read: () => Promise<T>,
  deps: readonly unknown[],
  onChange?: (listener: () => void) => () => void,
): Reading<T> {
  const [result, setResult] = useState<Reading<T>>({ state: 'loading' });
  const turn = useRef(0);
  // eslint-disable-next-line -- the caller names what the reading depends on
  const again = useCallback(() => {
    const mine = ++turn.current;
    read().then(
      (value) => mine === turn.current && setResult({ state: 'ready', value, again }),
      (error: AppError) => mine === turn.current && setResult({ state: 'failed', error, again }),
    );
  }, deps);
  useEffect(() => {
    setResult({ state: 'loading' });
    again();
    const stop = onChange?.(again);
    return () => {
      turn.current += 1;
      stop?.();
    };
  }, [again]);
  return result;
}

/** Something that a button does: busy while it runs, with its error. Nobody can start it twice. */
export function useDoing(): {
  busy: boolean;
  error: AppError | undefined;
  run: (act: () => Promise<void>) => Promise<void>;
  clear: () => void;
} {
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<AppError | undefined>();
  const running = useRef(false);
  const run = useCallback(async (act: () => Promise<void>) => {
    if (running.current) return;
    running.current = true;
    setBusy(true);
    setError(undefined);
    try {
      await act();
    } catch (cause) {
      setError(cause as AppError);
    } finally {
      running.current = false;
      setBusy(false);
    }
  }, []);
  const clear = useCallback(() => setError(undefined), []);
  return { busy, error, run, clear };
}
