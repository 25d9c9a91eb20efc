/** Whether and how to put the app on the home screen. iOS keeps the storage of installed apps only. */

import { Watched, type Watchable } from '../core/watch';
import type { InstallHint } from '../core/states';
import { Problem } from '../core/errors';

/** What the decision rests on. */
export interface Browser {
  userAgent: string;
  /** iPads say that they are Macs; a touch screen gives them away. */
  touchPoints: number;
  /** Started from the home screen. */
  standalone: boolean;
}

/** The hint while the browser has not offered its own prompt. */
export function hintFor({ userAgent, touchPoints, standalone }: Browser): InstallHint {
  if (standalone) {
    return { kind: 'installed' };
  }
  const ios = /iPhone|iPad|iPod/.test(userAgent) || (/Macintosh/.test(userAgent) && touchPoints > 1);
  if (ios) {
    // Other browsers on iOS name themselves beside Safari; apps with a web view don't say Safari at all.
    const safari = /Safari\//.test(userAgent) && !/CriOS|FxiOS|EdgiOS|OPiOS|DuckDuckGo|GSA\//.test(userAgent);
    return { kind: safari ? 'ios-safari' : 'ios-other' };
  }
  return /Android/.test(userAgent) ? { kind: 'android-menu' } : { kind: 'none' };
}

/** The event with which Chromium offers its prompt. */
interface PromptEvent extends Event {
  prompt(): Promise<{ outcome: 'accepted' | 'dismissed' }>;
}

/** Watches the browser's offers. */
export class Installation {
  readonly hint: Watchable<InstallHint>;
  readonly #hint: Watched<InstallHint>;
  #offer: PromptEvent | undefined;

  constructor(page: Window) {
    const standalone =
      page.matchMedia('(display-mode: standalone)').matches || (page.navigator as { standalone?: boolean }).standalone === true;
    const { userAgent, maxTouchPoints: touchPoints } = page.navigator;
    this.#hint = new Watched(hintFor({ userAgent, touchPoints, standalone }));
    this.hint = this.#hint;
    page.addEventListener('beforeinstallprompt', (event) => {
      event.preventDefault();
      this.#offer = event as PromptEvent;
      this.#hint.set({ kind: 'prompt' });
    });
    page.addEventListener('appinstalled', () => {
      this.#offer = undefined;
      this.#hint.set({ kind: 'installed' });
    });
  }

  /** Shows the browser's prompt. Call it from a tap. */
  async now(): Promise<void> {
    const offer = this.#offer;
    if (offer === undefined) {
      throw new Problem('not-found', 'Use the browser’s menu to install the app.');
    }
    this.#offer = undefined;
    const { outcome } = await offer.prompt();
    this.#hint.set(outcome === 'accepted' ? { kind: 'installed' } : { kind: 'none' });
  }
}
