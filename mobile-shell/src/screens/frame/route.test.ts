import { describe, expect, it } from 'vitest';
import { address, place } from './route';

describe('an address', () => {
  it('leads back to its place', () => {
    const id = '00000000-0000-4000-8000-000000000001';
    for (const route of [
      { at: 'today' }, { at: 'prepare', family: id }, { at: 'entry', family: id, id }, { at: 'check', id },
    ] as const) {
      expect(place(address(route))).toEqual(route);
    }
  });

  it('that is none leads to the start', () => {
    for (const hash of ['', '#', '#/nowhere', '#/family', '#/family/a/b', '#/family/Mason Hartley', '#/entry/a', '#/today/x']) {
      expect(place(hash)).toEqual({ at: 'today' });
    }
  });
});
