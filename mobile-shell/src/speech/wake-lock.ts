/** Keeps the screen on while recording, where the browser can. */

/** A fake in tests. */
export interface Screen {
  /** Whether the browser agreed. */
  keepOn(): Promise<boolean>;
  letGo(): void;
}

/** The browser's. It takes the lock back when the page is hidden; it is asked for anew when shown. */
export function browserScreen(): Screen {
  let wanted = false;
  let lock: WakeLockSentinel | undefined;
  const take = async (): Promise<boolean> => {
    try {
      lock = await navigator.wakeLock?.request('screen');
      if (!wanted) {
        void lock?.release().catch(() => undefined);
      }
      return lock !== undefined;
    } catch {
      return false;
    }
  };
  document.addEventListener('visibilitychange', () => {
    if (wanted && document.visibilityState === 'visible') {
      void take();
    }
  });
  return {
    keepOn() {
      wanted = true;
      return take();
    },
    letGo() {
      wanted = false;
      void lock?.release().catch(() => undefined);
      lock = undefined;
    },
  };
}
