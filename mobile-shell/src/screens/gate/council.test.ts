import { describe, expect, it } from 'vitest';
import { councilRefusal, withoutRefusal } from './council';

describe('coming back from the council’s sign-in', () => {
  it('says why nobody was let in, for every code and for none that we know', () => {
    expect(councilRefusal('')).toBeUndefined();
    expect(councilRefusal('?other=1')).toBeUndefined();
    expect(councilRefusal('?sign-in=not-linked')).toContain('link');
    for (const hostile of ['?sign-in=', '?sign-in=toString', '?sign-in=%3Cscript%3E']) {
      expect(councilRefusal(hostile), hostile).toBe('The sign-in did not work. Try again, or ask whoever runs the system.');
    }
  });

  it('takes its word out of the address and leaves the rest', () => {
    expect(withoutRefusal({ pathname: '/', search: '?sign-in=x', hash: '#/today' })).toBe('/#/today');
    expect(withoutRefusal({ pathname: '/', search: '?a=1&sign-in=x', hash: '' })).toBe('/?a=1');
  });
});
