import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { it } from 'vitest';
import { busy, row, type Row, write } from './report';

/** Recognition of a recording, as `speech-engine/bench.mjs` says it. */
interface Run {
  variant: string;
  threads: number;
  real_time_factor: number;
  cpu_factor: number;
  load_ms: number;
  peak_memory_mb: number;
}

/** What Debian's emscripten is to reach, and what a newer one is. */
const DEBIAN = 'emscripten 3.1.6';
const goals = (compiler: string): Record<number, number> => (compiler === DEBIAN ? { 1: 0.45, 2: 0.28 } : { 1: 0.45, 2: 0.15 });
const PEAK_MB = 450;
/** The variant that a phone takes if it can: goals are for it. */
const BEST = 'relaxed-threads';

/** Runs it, and writes what it says. */
async function measure(...options: string[]): Promise<void> {
  const bench = fileURLToPath(new URL('../speech-engine/bench.mjs', import.meta.url));
  const { stdout } = await promisify(execFile)(process.execPath, [bench, ...options], { maxBuffer: 1 << 20 });
  const { compiler, transcription, ten_minutes: long } = JSON.parse(stdout) as { compiler: string; transcription: Run[]; ten_minutes: Run[] };
  console.log(`built with ${compiler}`);
  write([...transcription.flatMap((it) => rows(it, compiler, '37-s')), ...long.flatMap((it) => rows(it, compiler, '10-min')), busy('speech')]);
}

function rows(of: Run, compiler: string, length: string): Row[] {
  const name = `${of.variant}-${of.threads}-threads-${length}`;
  const goal = of.variant === BEST ? goals(compiler)[of.threads] : undefined;
  return [
    row(`speech-real-time-factor-${name}`, of.real_time_factor, 'ratio', goal ?? null),
    row(`speech-processor-factor-${name}`, of.cpu_factor, 'ratio'),
    row(`speech-load-${name}`, of.load_ms, 'ms'),
    row(`speech-page-peak-memory-${name}`, of.peak_memory_mb, 'MB', PEAK_MB),
  ];
}

it('writing down 37 seconds', () => measure());
it('writing down ten minutes', () => measure('--only-long'));
