/** Looks for words in every file of a browser's profile, as a thief with the phone's files would. */

import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { brotliDecompressSync, gunzipSync, inflateSync } from 'node:zlib';

/** Where a word was found. */
export interface Found {
  file: string;
  word: string;
  how: string;
}

/** Every place where one of `words` stands, as UTF-8, UTF-16, base64 or in a compressed file, or one of `sounds` byte by byte. */
export function scan(folder: string, words: readonly string[], sounds: readonly Buffer[] = []): Found[] {
  const needles = words.flatMap((word) => [
    { word, how: 'utf-8', bytes: Buffer.from(word, 'utf8') },
    { word, how: 'utf-16', bytes: Buffer.from(word, 'utf16le') },
    ...[0, 1, 2].map((shift) => ({ word, how: 'base64', bytes: base64Middle(word, shift) })),
  ]);
  needles.push(...sounds.map((bytes) => ({ word: 'a sound', how: 'as it is', bytes })));
  const found: Found[] = [];
  for (const name of readdirSync(folder, { recursive: true }) as string[]) {
    const file = join(folder, name);
    const content = readable(file);
    for (const body of [content, ...unpacked(content)]) {
      for (const { word, how, bytes } of needles) {
        if (body.includes(bytes)) {
          found.push({ file: name, word, how });
        }
      }
    }
  }
  return found;
}

function readable(file: string): Buffer {
  try {
    return statSync(file).isFile() ? readFileSync(file) : Buffer.alloc(0);
  } catch {
    // Sockets and files that the browser removed meanwhile.
    return Buffer.alloc(0);
  }
}

function unpacked(content: Buffer): Buffer[] {
  return [gunzipSync, inflateSync, brotliDecompressSync].flatMap((unpack) => {
    try {
      return content.length === 0 ? [] : [unpack(content)];
    } catch {
      return [];
    }
  });
}

/** The part of a word's base64 that does not depend on what stands around it. */
function base64Middle(word: string, shift: number): Buffer {
  const encoded = Buffer.concat([Buffer.alloc(shift), Buffer.from(word)]).toString('base64');
  return Buffer.from(encoded.slice(shift === 0 ? 0 : 4, Math.floor((word.length + shift) / 3) * 4));
}
