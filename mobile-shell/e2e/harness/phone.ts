/**
 * A phone: Chromium with a profile of its own on disk, which a story can kill without warning and
 * start again, and a microphone that plays a file.
 */

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type BrowserContext, type CDPSession, chromium, type Page } from 'playwright-core';
import type { App, Status } from '../../src/core/app';

/** The stories' build puts the app here. */
export interface StoryWindow extends Window {
  app: App;
}

const PROGRAM = process.env.CHROMIUM ?? '/usr/bin/chromium';

/** How a phone is started. */
export interface Making {
  /** A WAV file that the microphone plays. */
  voice?: string;
  /** Whether the person lets the app use the microphone. */
  microphone?: boolean;
  /** What is wrong with this phone: a script that runs in the app's worker before it starts. */
  fault?: string;
  /** The worker's content security policy, in place of the server's. */
  policy?: string;
}

/** Storage is full while somebody says so on the channel `full`. */
export const FULL = `
  { let full = false;
    new BroadcastChannel('full').onmessage = ({ data }) => { full = data; };
    const put = IDBObjectStore.prototype.put;
    IDBObjectStore.prototype.put = function (...row) {
      if (full) throw new DOMException('full', 'QuotaExceededError');
      return put.apply(this, row);
    };
  }`;

/** The phone's clock is wrong by so many milliseconds. */
export const clockOffBy = (ms: number): string => `{ const real = Date.now; Date.now = () => real() + ${ms}; }`;

/** The phone's clock goes on by so many milliseconds when `passTime` says so. */
export const CLOCK = `
  { let ahead = 0;
    new BroadcastChannel('clock').onmessage = ({ data }) => { ahead += data; };
    const real = Date.now;
    Date.now = () => real() + ahead; }`;

/** One phone. */
export class Phone {
  readonly profile = mkdtempSync(join(tmpdir(), 'workbook-phone-'));
  readonly #making: Making;
  #context: BrowserContext | undefined;
  page!: Page;

  constructor(making: Making = {}) {
    this.#making = making;
  }

  /** Starts the browser and opens an address. */
  async open(url: string): Promise<Page> {
    const { voice, microphone = true, fault, policy } = this.#making;
    this.#context = await chromium.launchPersistentContext(this.profile, {
      executablePath: PROGRAM,
      headless: true,
      viewport: { width: 390, height: 844 },
      args: [
        '--no-sandbox',
        '--use-fake-device-for-media-stream',
        ...(microphone ? ['--use-fake-ui-for-media-stream'] : ['--deny-permission-prompts', '--use-fake-ui-for-media-stream=deny']),
        ...(voice === undefined ? [] : [`--use-file-for-fake-audio-capture=${voice}%noloop`]),
        '--autoplay-policy=no-user-gesture-required',
      ],
    });
    if (fault !== undefined || policy !== undefined) {
      await this.#context.route(/\/assets\/worker-[^/]+\.js$/, async (route) => {
        const response = await route.fetch();
        const headers = { ...response.headers(), ...(policy === undefined ? {} : { 'content-security-policy': policy }) };
        await route.fulfill({ response, headers, body: `${fault ?? ''}${await response.text()}` });
      });
    }
    this.page = this.#context.pages()[0] ?? (await this.#context.newPage());
    if (process.env.STORIES_LOG === 'yes') {
      this.page.on('console', (message) => console.log(message.type(), message.text()));
    }
    await this.page.goto(url);
    return this.page;
  }

  async anotherTab(url: string): Promise<Page> {
    const page = await this.#running.newPage();
    await page.goto(url);
    return page;
  }

  /** A line to the browser itself. */
  cdp(page = this.page): Promise<CDPSession> {
    return this.#running.newCDPSession(page);
  }

  /** As when the phone's battery is pulled: no page hears of it. */
  async kill(): Promise<void> {
    const context = this.#running;
    const line = await context.browser()?.newBrowserCDPSession();
    const info = await line?.send('SystemInfo.getProcessInfo');
    const browser = info?.processInfo.find(({ type }) => type === 'browser')?.id;
    if (browser === undefined) {
      throw new Error('the browser’s process was not found');
    }
    const closed = new Promise((resolve) => context.once('close', resolve));
    process.kill(browser, 'SIGKILL');
    await closed;
    this.#context = undefined;
  }

  /** Closed in good order. */
  async close(): Promise<void> {
    await this.#context?.close();
    this.#context = undefined;
  }

  async end(): Promise<void> {
    await this.close();
    rmSync(this.profile, { recursive: true, force: true, maxRetries: 5 });
  }

  get #running(): BrowserContext {
    if (this.#context === undefined) {
      throw new Error('the phone is not running');
    }
    return this.#context;
  }
}

/** Waits until the vault is in one of these states; says where it is if not. */
export async function reach(page: Page, ...states: Status['state'][]): Promise<Status> {
  try {
    await page.waitForFunction((wanted) => wanted.includes((window as unknown as StoryWindow).app.status.get().state), states, { timeout: 30_000 });
  } catch {
    const at = await page.evaluate(() => JSON.stringify((window as unknown as StoryWindow).app?.status.get()));
    throw new Error(`expected ${states.join(' or ')}, but the vault is ${at}`);
  }
  return page.evaluate(() => (window as unknown as StoryWindow).app.status.get());
}

/** Waits until the service worker has the app and controls the page. */
export async function installed(page: Page): Promise<void> {
  await page.waitForFunction(() => navigator.serviceWorker.controller !== null, undefined, { timeout: 30_000 });
}

/** Fills a phone with the fault `FULL`, or makes room again. */
export const fill = (page: Page, full: boolean): Promise<void> => tellWorker(page, 'full', full);

/** On a phone with the fault `CLOCK`. */
export const passTime = (page: Page, ms: number): Promise<void> => tellWorker(page, 'clock', ms);

async function tellWorker(page: Page, on: string, data: unknown): Promise<void> {
  await page.evaluate(
    ([name, it]) => {
      const channel = new BroadcastChannel(name);
      channel.postMessage(it);
      channel.close();
    },
    [on, data] as const,
  );
  // The worker hears of it on another thread; one call there and back comes after it.
  await page.evaluate(() => (window as unknown as StoryWindow).app.touched());
  await page.evaluate(() => (window as unknown as StoryWindow).app.terms());
}
