/**
 * Which of the built speech engines this browser can run, and with how many threads.
 *
 * Decided by what the browser can do, never by its name. Not here: running it (transcriber.worker.ts).
 */

import type { Variant } from './transcriber-api';

/** What the browser can do. */
export interface Abilities {
  webAssembly: boolean;
  simd: boolean;
  relaxedSimd: boolean;
  /** Shared memory and atomics, and a page that may use them (cross-origin isolated). */
  threads: boolean;
  /** Processor cores, as far as the browser tells. */
  cores: number;
}

/** What speech-engine/build wrote down beside the engines. */
export interface Built {
  variants: readonly Variant[];
  compiler: string;
  stamp: string;
}

/** The instance that an engine's module makes: what src/facade.cpp exports, and what it reads from `Module`. */
export interface Engine {
  model: { bytes: Uint8Array; at: number } | undefined;
  samples: Int16Array;
  _speech_load(): number;
  _speech_warm_up(threads: number): number;
  _speech_recognise(threads: number): number;
  _speech_heard(): number;
  UTF8ToString(address: number): string;
}

/** What the engine asks of the worker while it runs. */
export interface EngineParts {
  model: { bytes: Uint8Array; at: number };
  samples: Int16Array;
  isCancelled: () => boolean;
  /** How much of the window has been written down, 0 to 1. */
  onShare: (share: number) => void;
  print: (line: string) => void;
  printErr: (line: string) => void;
}

/** The default export of `<variant>/engine.js`. */
export type StartEngine = (parts: EngineParts) => Promise<Engine>;

/** Helpers that the engine starts with (speech-engine/build, PTHREAD_POOL_SIZE) and the worker itself. */
const MOST_THREADS = 4;

/** From this many cores on half of them are slow ones on most phones, and the page needs some too. */
const MANY_CORES = 4;

// The smallest modules that need a feature. Each is the header, then type, function and code (and for threads
// memory) sections; the instructions that matter are named.
const HEADER = [0, 97, 115, 109, 1, 0, 0, 0];
/** i8x16.splat, i8x16.popcnt */
const SIMD = [...HEADER, 1, 5, 1, 96, 0, 1, 123, 3, 2, 1, 0, 10, 10, 1, 8, 0, 65, 0, 253, 15, 253, 98, 11];
/** i8x16.relaxed_swizzle */
const RELAXED = [...HEADER, 1, 5, 1, 96, 0, 1, 123, 3, 2, 1, 0, 10, 15, 1, 13, 0, 65, 1, 253, 15, 65, 2, 253, 15, 253, 128, 2, 11];
/** a shared memory, i32.atomic.load */
const THREADS = [...HEADER, 1, 4, 1, 96, 0, 0, 3, 2, 1, 0, 5, 4, 1, 3, 1, 1, 10, 11, 1, 9, 0, 65, 0, 254, 16, 2, 0, 26, 11];

/** Looks at the browser that this runs in. */
export function abilities(): Abilities {
  const webAssembly = typeof WebAssembly === 'object';
  const can = (module: number[]) => webAssembly && WebAssembly.validate(new Uint8Array(module));
  const isolated = (globalThis as { crossOriginIsolated?: boolean }).crossOriginIsolated === true;
  return {
    webAssembly,
    simd: can(SIMD),
    relaxedSimd: can(RELAXED),
    threads: isolated && typeof SharedArrayBuffer === 'function' && can(THREADS),
    cores: globalThis.navigator?.hardwareConcurrency ?? 1,
  };
}

/** The fastest engine that was built and that the browser can run; undefined if there is none. */
export function chooseVariant(can: Abilities, built: readonly Variant[]): Variant | undefined {
  const runs: Record<Variant, boolean> = {
    'relaxed-threads': can.relaxedSimd && can.simd && can.threads,
    'simd-threads': can.simd && can.threads,
    simd: can.simd,
  };
  const fastestFirst: Variant[] = ['relaxed-threads', 'simd-threads', 'simd'];
  return fastestFirst.find((variant) => built.includes(variant) && runs[variant]);
}

/** How many threads the engine gets. */
export function chooseThreads(can: Abilities, variant: Variant): number {
  if (variant === 'simd') {
    return 1;
  }
  const wanted = can.cores > MANY_CORES ? Math.floor(can.cores / 2) : can.cores;
  return Math.min(MOST_THREADS, Math.max(1, wanted));
}
