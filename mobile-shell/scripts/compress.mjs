/**
 * Writes Brotli variants (`.br`) beside the built files, which the server sends to who takes them. What
 * was compressed before is taken from a cache: the core takes ten seconds at the best setting.
 */
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { brotliCompressSync, constants } from 'node:zlib';

const dist = new URL('../dist/', import.meta.url);
const cache = new URL('../node_modules/.cache/brotli/', import.meta.url);
mkdirSync(cache, { recursive: true });
for (const name of readdirSync(dist, { recursive: true })) {
  if (!/\.(m?js|css|wasm|svg|html|webmanifest)$/.test(name)) continue;
  const content = readFileSync(new URL(name, dist));
  const kept = new URL(createHash('sha256').update(content).digest('hex'), cache);
  if (!existsSync(kept)) {
    const params = { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_LGWIN]: 24, [constants.BROTLI_PARAM_SIZE_HINT]: content.length };
    writeFileSync(kept, brotliCompressSync(content, { params }));
  }
  writeFileSync(new URL(`${name}.br`, dist), readFileSync(kept));
}
