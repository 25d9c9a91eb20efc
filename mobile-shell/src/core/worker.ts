/**
 * The worker that owns everything secret: vault, record and syncing. The page only draws.
 *
 * One per tab; of several tabs one owns the workbook (`keeper.ts`).
 */

import { browserTabs } from '../vault/ownership';
import { calls } from './calls';
import { Problem } from './errors';
import { Keeper } from './keeper';
import { loadCore, loadHearing } from './load';
import { loadSpeech } from './load-speech';
import { type Handlers, type Port, serve } from './rpc';

const port = self as unknown as Port;
let tell: (event: string, value: unknown) => void = () => undefined;

const keeper = new Keeper({
  tabs: browserTabs(),
  carrier: (path, init) => fetch(path, init),
  now: () => Date.now(),
  monotonic: () => performance.now(),
  random: () => Math.random(),
  later: (ms, then) => {
    const timer = setTimeout(then, ms);
    return () => clearTimeout(timer);
  },
  uuid: () => crypto.randomUUID(),
  loadCore,
  loadHearing,
  loadSpeech,
  // The app's own files stay: they hold nothing personal, and must say what has happened.
  clearCaches: async () => {
    for (const name of await caches.keys()) {
      if (!name.startsWith('shell-')) {
        await caches.delete(name);
      }
    }
  },
  tell: (event, value) => tell(event, value),
});

let speech: ReturnType<typeof loadSpeech> | undefined;
const handlers = calls(keeper, async () => {
  speech ??= loadSpeech(() => keeper.hearing());
  return speech;
});

/** After a trap of the WebAssembly nothing of it can be trusted: the page starts a new worker. */
function restartAfterTrap<T extends Handlers>(inner: T): Handlers {
  return Object.fromEntries(
    Object.entries(inner).map(([name, handler]) => [
      name,
      async (...args: Parameters<typeof handler>) => {
        try {
          return await handler(...args);
        } catch (cause) {
          if (import.meta.env.MODE === 'stories') {
            // Invented people only: whoever mends a story sees the engine's own words.
            console.error(name, cause);
          }
          if (cause instanceof Problem && cause.cause instanceof WebAssembly.RuntimeError) {
            setTimeout(() => tell('restart', undefined));
          }
          throw cause;
        }
      },
    ]),
  );
}

tell = serve(port, restartAfterTrap(handlers as unknown as Handlers));
void keeper.start();
