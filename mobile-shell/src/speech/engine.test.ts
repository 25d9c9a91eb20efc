import { describe, expect, it } from 'vitest';
import { abilities, chooseThreads, chooseVariant } from './engine';
import type { Variant } from './transcriber-api';

const all: Variant[] = ['relaxed-threads', 'simd-threads', 'simd'];
const best = { webAssembly: true, simd: true, relaxedSimd: true, threads: true, cores: 8 };

describe('the choice of engine', () => {
  it('takes the fastest that was built and that runs', () => {
    expect(chooseVariant(best, all)).toBe('relaxed-threads');
    expect(chooseVariant(best, ['simd-threads', 'simd'])).toBe('simd-threads');
    expect(chooseVariant({ ...best, relaxedSimd: false }, all)).toBe('simd-threads');
    expect(chooseVariant({ ...best, threads: false }, all)).toBe('simd');
    expect(chooseVariant({ ...best, simd: false }, all)).toBeUndefined();
    expect(chooseVariant(best, [])).toBeUndefined();
  });

  it('leaves cores to the page on phones with many', () => {
    const threads = (cores: number) => chooseThreads({ ...best, cores }, 'simd-threads');
    expect([1, 2, 4, 6, 8, 16].map(threads)).toEqual([1, 2, 4, 3, 4, 4]);
    expect(chooseThreads(best, 'simd')).toBe(1);
  });

  it('looks at what runs it: node has SIMD and is no isolated page', () => {
    const here = abilities();
    expect([here.webAssembly, here.simd, here.threads]).toEqual([true, true, false]);
    expect(here.cores).toBeGreaterThan(0);
  });
});
