/**
 * Checks what a phone has to fetch before it can start: the app's scripts together, gzipped, without
 * WebAssembly and speech model. Fails above 150 kB.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';

const LIMIT = 150_000;
const dist = new URL('../dist/', import.meta.url);
const scripts = readdirSync(dist, { recursive: true }).filter((name) => /\.m?js$/.test(name) && !name.startsWith('speech/'));
const sizes = scripts.map((name) => [name, gzipSync(readFileSync(new URL(name, dist)), { level: 9 }).length]);
const sum = sizes.reduce((all, [, size]) => all + size, 0);
for (const [name, size] of sizes.sort((a, b) => b[1] - a[1])) {
  console.log(`${String(size).padStart(8)}  ${name}`);
}
console.log(`${String(sum).padStart(8)}  together, of ${LIMIT}`);
if (sum > LIMIT || sizes.length === 0) {
  console.error('budget: the app’s scripts are too big (or there is no build)');
  process.exit(1);
}
