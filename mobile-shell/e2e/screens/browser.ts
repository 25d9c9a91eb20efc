/** The stories on real Chromium: built once, served, and drawn one after the other in one page per taste. */
import preact from '@preact/preset-vite';
import { type Browser, chromium, type Page } from 'playwright-core';
import { build, type InlineConfig, preview, type PreviewServer } from 'vite';

/** How somebody reads: size in CSS pixels, and what they asked their phone for. */
export interface Taste {
  width: number;
  height: number;
  dark?: boolean;
  forced?: boolean;
  /** Text size, 1 for the phone's own. */
  text?: number;
}

export const PHONE: Taste = { width: 360, height: 780 };

const CONFIG: InlineConfig = {
  configFile: false,
  root: new URL('../..', import.meta.url).pathname,
  plugins: [preact()],
  css: { preprocessorOptions: { scss: { quietDeps: true, loadPaths: ['node_modules'] } } },
  define: { __BUILD__: '"stories"' },
  logLevel: 'error',
  publicDir: false,
  build: {
    outDir: 'e2e/.tmp/stories',
    emptyOutDir: true,
    target: 'es2022',
    cssMinify: 'esbuild',
    rollupOptions: { input: 'e2e/screens/fake/index.html' },
  },
};

export class Stage {
  readonly #server: PreviewServer;
  readonly #browser: Browser;
  readonly #address: string;
  readonly #pages = new Map<string, Page>();
  #faults: Error[] = [];

  private constructor(server: PreviewServer, browser: Browser, address: string) {
    this.#server = server;
    this.#browser = browser;
    this.#address = address;
  }

  static async open(): Promise<Stage> {
    await build(CONFIG);
    const server = await preview({ ...CONFIG, preview: { host: '127.0.0.1', port: 0 } });
    const address = server.resolvedUrls?.local[0];
    if (address === undefined) throw new Error('the stories’ server has no address');
    const browser = await chromium.launch({
      executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
      args: ['--no-sandbox'],
    });
    return new Stage(server, browser, address);
  }

  /** A story, drawn and still. Whatever the page threw before is thrown here. */
  async show(story: string, taste: Taste = PHONE): Promise<Page> {
    const key = JSON.stringify(taste);
    const page = this.#pages.get(key) ?? (await this.#page(taste));
    this.#pages.set(key, page);
    await page.evaluate((name) => (window as unknown as { show: (name: string) => void }).show(name), story);
    await page.waitForSelector('h1', { state: 'attached' });
    await page.evaluate(async () => {
      await document.fonts.ready;
      await new Promise((done) => setTimeout(done, 0));
      await new Promise(requestAnimationFrame);
    });
    this.check();
    return page;
  }

  /** Throws what a page threw. */
  check(): void {
    const fault = this.#faults.shift();
    if (fault) throw fault;
  }

  async #page(taste: Taste): Promise<Page> {
    const context = await this.#browser.newContext({
      viewport: { width: taste.width, height: taste.height },
      hasTouch: true,
      colorScheme: taste.dark ? 'dark' : 'light',
      forcedColors: taste.forced ? 'active' : 'none',
      reducedMotion: 'reduce',
      locale: 'en-GB',
      timezoneId: 'Europe/London',
    });
    const page = await context.newPage();
    page.setDefaultTimeout(8_000);
    await page.clock.setFixedTime(new Date('2026-11-22T10:42:00Z'));
    page.on('pageerror', (fault) => this.#faults.push(fault));
    await page.goto(`${this.#address}e2e/screens/fake/index.html`);
    await page.waitForSelector('h1', { state: 'attached' });
    if (taste.text !== undefined) {
      await page.evaluate((size) => (document.documentElement.style.fontSize = `${size * 100}%`), taste.text);
    }
    return page;
  }

  async close(): Promise<void> {
    await this.#browser.close();
    await this.#server.close();
  }
}
