import { describe, expect, it, vi } from 'vitest';
import { Ownership } from './ownership';
import { FakeLocks } from './testing';

/** Tabs of one browser: they share locks, and channels of a name of their own. */
function browser(name: string) {
  const locks = new FakeLocks();
  return (isBusy = () => false, onLost = vi.fn(async () => undefined), deaf = false) => {
    const tabs = { locks, channel: () => new BroadcastChannel(deaf ? `${name}-deaf` : name) };
    return { ownership: new Ownership(tabs, isBusy, onLost), onLost };
  };
}

describe('several tabs', () => {
  it('one owns the workbook, the next is told so', async () => {
    const tab = browser('one');
    const [first, second] = [tab(), tab()];
    expect(await first.ownership.claim()).toBe('owned');
    expect(await second.ownership.claim()).toBe('taken');
    first.ownership.close();
    second.ownership.close();
  });

  it('a tab lets go when another asks, before that one owns it', async () => {
    const tab = browser('two');
    const order: string[] = [];
    const first = tab(undefined, vi.fn(async () => void order.push('let go')));
    const second = tab();
    await first.ownership.claim();
    expect(await second.ownership.takeOver()).toBe('owned');
    order.push('owned');
    expect(order).toEqual(['let go', 'owned']);
    expect(first.ownership.isOwned).toBe(false);
    second.ownership.close();
    first.ownership.close();
  });

  it('nothing takes it from a tab that records', async () => {
    const tab = browser('three');
    const first = tab(() => true);
    const second = tab();
    await first.ownership.claim();
    expect(await second.ownership.takeOver()).toBe('busy');
    expect(first.onLost).not.toHaveBeenCalled();
    expect(first.ownership.isOwned).toBe(true);
    first.ownership.close();
    second.ownership.close();
  });

  it('a tab that does not answer loses it and learns so', async () => {
    const tab = browser('four');
    const first = tab(undefined, undefined, true);
    const second = tab();
    await first.ownership.claim();
    expect(await second.ownership.takeOver()).toBe('owned');
    await vi.waitFor(() => expect(first.onLost).toHaveBeenCalledOnce());
    expect(first.ownership.isOwned).toBe(false);
    second.ownership.close();
    first.ownership.close();
  });
});
