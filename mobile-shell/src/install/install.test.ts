import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { hintFor } from './hint';
import { type Hold, Updates } from './update';

const IPHONE = 'Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.5 Mobile/15E148 Safari/604.1';
const ANDROID = 'Mozilla/5.0 (Linux; Android 15; Pixel 8) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/150.0.0.0 Mobile Safari/537.36';

describe('the hint to install', () => {
  it('fits the browser', () => {
    const of = (userAgent: string, touchPoints = 5, standalone = false) => hintFor({ userAgent, touchPoints, standalone }).kind;
    expect(of(IPHONE)).toBe('ios-safari');
    expect(of(IPHONE.replace('Version/18.5', 'CriOS/150.0'))).toBe('ios-other');
    expect(of('Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.5 Safari/605.1.15')).toBe('ios-safari');
    expect(of('Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.5 Safari/605.1.15', 0)).toBe('none');
    expect(of(ANDROID)).toBe('android-menu');
    expect(of('Mozilla/5.0 (Windows NT 10.0) Chrome/150.0.0.0', 0)).toBe('none');
    expect(of(IPHONE, 5, true)).toBe('installed');
  });
});

/** A registration as browsers have it. */
class FakeRegistration extends EventTarget {
  installing: (EventTarget & { state: string }) | null = null;
  waiting: { postMessage: ReturnType<typeof vi.fn> } | null = null;
  active: object | null = {};
  update = vi.fn(async () => undefined);

  /** A new version has been fetched and waits. */
  newVersion(): void {
    this.installing = Object.assign(new EventTarget(), { state: 'installing' });
    this.dispatchEvent(new Event('updatefound'));
    const worker = this.installing;
    this.waiting = { postMessage: vi.fn() };
    worker.state = 'installed';
    worker.dispatchEvent(new Event('statechange'));
  }
}

describe('updates', () => {
  let registration: FakeRegistration;
  let container: EventTarget & { register: () => Promise<unknown> };
  let holds: Hold[];
  let reload: ReturnType<typeof vi.fn<() => void>>;
  let updates: Updates;

  beforeEach(async () => {
    vi.useFakeTimers();
    registration = new FakeRegistration();
    container = Object.assign(new EventTarget(), { register: async () => registration as unknown });
    holds = [];
    reload = vi.fn<() => void>();
    updates = make();
    await updates.start();
  });
  afterEach(() => {
    vi.useRealTimers();
  });
  const make = () =>
    new Updates({ serviceWorker: container as unknown as ServiceWorkerContainer, address: '/sw.js', holds: () => holds, reload, onWake: () => undefined });

  it('waits for what is being sent, which ends by itself, and not for ever', async () => {
    registration.newVersion();
    holds = ['sending'];
    const applied = updates.apply().catch(() => undefined);
    await vi.advanceTimersByTimeAsync(3_000);
    expect(registration.waiting?.postMessage).not.toHaveBeenCalled();
    holds = [];
    await vi.advanceTimersByTimeAsync(100);
    expect(registration.waiting?.postMessage).toHaveBeenCalledWith({ apply: true });
    await vi.advanceTimersByTimeAsync(20_000);
    await applied;

    holds = ['sending'];
    const refused = expect(updates.apply()).rejects.toMatchObject({ code: 'busy' });
    await vi.advanceTimersByTimeAsync(20_000);
    await refused;
  });

  it('wait for the person, and restart only when asked', async () => {
    expect(updates.state.get()).toEqual({ state: 'none' });
    registration.newVersion();
    expect(updates.state.get()).toEqual({ state: 'ready' });
    expect(registration.waiting?.postMessage).not.toHaveBeenCalled();
    void updates.apply().catch(() => undefined);
    expect(registration.waiting?.postMessage).toHaveBeenCalledWith({ apply: true });
    expect(reload).not.toHaveBeenCalled();
    container.dispatchEvent(new Event('controllerchange'));
    expect(reload).toHaveBeenCalledOnce();
  });

  it('are none while the very first version comes in', () => {
    registration.active = null;
    registration.newVersion();
    expect(updates.state.get()).toEqual({ state: 'none' });
    registration.active = registration.waiting;
    registration.waiting = null;
    registration.installing?.dispatchEvent(new Event('statechange'));
    expect(updates.state.get()).toEqual({ state: 'none' });
  });

  it('never come during a dictation or with unsaved words', async () => {
    holds = ['recording', 'unsaved-draft'];
    registration.newVersion();
    expect(updates.state.get()).toEqual({ state: 'held', by: ['recording', 'unsaved-draft'] });
    await expect(updates.apply()).rejects.toMatchObject({ code: 'busy' });
    expect(registration.waiting?.postMessage).not.toHaveBeenCalled();
    holds = [];
    updates.refresh();
    expect(updates.state.get()).toEqual({ state: 'ready' });
  });

  it('do not reload a page that another tab’s agreement or the first visit has changed', () => {
    container.dispatchEvent(new Event('controllerchange'));
    expect(reload).not.toHaveBeenCalled();
  });

  it('say when the new version does not start, and go on with the old one', async () => {
    registration.newVersion();
    const applied = expect(updates.apply()).rejects.toMatchObject({ code: 'server' });
    await vi.advanceTimersByTimeAsync(10_000);
    await applied;
    expect(updates.state.get()).toEqual({ state: 'ready' });
  });

  it('live without a service worker, and with a registration that never ends', async () => {
    const without = new Updates({ serviceWorker: undefined, address: '/sw.js', holds: () => [], reload, onWake: () => undefined });
    await without.start();
    await expect(without.apply()).rejects.toMatchObject({ code: 'not-found' });
    container.register = () => new Promise(() => undefined);
    const started = make().start();
    await vi.advanceTimersByTimeAsync(10_000);
    await expect(started).resolves.toBeUndefined();
  });
});
